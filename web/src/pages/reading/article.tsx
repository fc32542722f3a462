// The article with its claims in place, the proposal beside it, and one key for each decision.
import { Switch } from "@mantine/core";
import { useEffect, useMemo, useRef, useState } from "react";
import { useLocation } from "wouter";
import type { Article, Claim } from "../../api/types.ts";
import { useWords } from "../../i18n/provide.tsx";
import { useKeys } from "../../ui/frame/keys.ts";
import { type Look, MarkedText } from "../../ui/marked-text.tsx";
import { useShown } from "../../ui/shown.ts";
import { Answered } from "../../ui/tell.tsx";
import { Correct } from "./correct.tsx";
import { Head } from "./head.tsx";
import { ProposalCard } from "./proposal.tsx";
import { useArticle, useWalk } from "./use-article.ts";

function lookOf(over: Claim[], current: Claim | undefined): Look | undefined {
  const here = over.find((each) => each.id === current?.id);
  const first = here ?? over.find((each) => each.leads) ?? over[0];
  if (first === undefined) return undefined;
  return {
    leads: first.leads,
    verdict: first.decision?.verdict,
    current: here !== undefined,
  };
}

function Reading({ article }: { article: Article }) {
  const { t } = useWords();
  const [, go] = useLocation();
  const [names, setNames] = useState(false);
  const [silent, setSilent] = useState(false);
  const [correcting, setCorrecting] = useState(false);
  const walk = useWalk(article, silent);
  useShown("CLEAR");
  const { claim } = walk;
  const node = useRef<HTMLDivElement>(null);
  const marked = useMemo(
    () =>
      article.claims.filter(
        (each) =>
          each.id === claim?.id ||
          each.decision != null ||
          (each.leads ? silent || !each.muted : names),
      ),
    [article, claim, names, silent],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: moves with the claim, not the text
  useEffect(() => {
    node.current?.querySelector("mark[data-current]")?.scrollIntoView({ block: "nearest" });
  }, [claim?.id]);

  const decided = claim?.decision != null;
  const draft = claim?.decision?.draft;
  useKeys({
    j: () => walk.step(1),
    k: () => walk.step(-1),
    a: () => void walk.decide("accepted"),
    r: () => void walk.decide("rejected"),
    ...(claim ? { c: () => setCorrecting(true) } : {}),
    ...(decided ? { u: () => void walk.decide("undone") } : {}),
    ...(draft?.mine ? { d: () => go(`/new/${draft.kind}?draft=${draft.id}`) } : {}),
  });
  const point = (over: Claim[]) => {
    const next = over.find((each) => each.leads && each.id !== claim?.id) ?? over[0];
    if (next !== undefined) walk.go(next.id);
  };
  return (
    <>
      <article className="reading-article panel" aria-label={article.title} ref={node}>
        <Head article={article} />
        <div className="row reading-switches">
          <Switch
            size="xs"
            label={t("reading.names")}
            checked={names}
            onChange={(event) => setNames(event.currentTarget.checked)}
          />
          {(walk.hidden > 0 || silent) && (
            <Switch
              size="xs"
              label={
                silent ? t("reading.silent.shown") : t("reading.silent", { count: walk.hidden })
              }
              checked={silent}
              onChange={(event) => setSilent(event.currentTarget.checked)}
            />
          )}
        </div>
        <MarkedText
          text={article.text}
          lang={article.language}
          claims={marked}
          headline={article.headline}
          asides={article.asides}
          look={(over) => lookOf(over, claim)}
          onPoint={point}
        />
      </article>
      <ProposalCard article={article} walk={walk} onCorrect={() => setCorrecting(true)} />
      {correcting && claim && (
        <Correct
          claim={claim}
          onClose={() => setCorrecting(false)}
          onDone={(correction) => {
            setCorrecting(false);
            void walk.decide("corrected", correction);
          }}
        />
      )}
    </>
  );
}

export function OneArticle({ id }: { id: string }) {
  const answer = useArticle(id);
  return (
    <Answered answer={answer}>
      {(article) => <Reading key={article.id} article={article} />}
    </Answered>
  );
}
