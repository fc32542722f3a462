// One article under a person's eyes: where they are in it, and what each key does.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { api } from "../../api/client.ts";
import type { Article, Claim, Correction, Judgement } from "../../api/types.ts";
import { useWords } from "../../i18n/provide.tsx";
import { useTell } from "../../ui/notices.tsx";
import { refusalText } from "../../ui/tell.tsx";

export const articleKey = (id: string) => ["article", id];

export function useArticle(id: string) {
  return useQuery({
    queryKey: articleKey(id),
    queryFn: () => api.article(id),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export type Walk = {
  /** The proposals one is led through, in the order of the text. */
  way: Claim[];
  claim: Claim | undefined;
  at: number;
  hidden: number;
  asking: boolean;
  go: (id: string) => void;
  step: (by: number) => void;
  decide: (verdict: Judgement, correction?: Correction) => Promise<void>;
};

/** Where to go after a decision: the next open proposal, else the first open one, else stay. */
function nextOpen(way: Claim[], from: number): Claim | undefined {
  const open = (claim: Claim) => claim.decision == null;
  return way.slice(from + 1).find(open) ?? way.slice(0, from).find(open);
}

export function useWalk(article: Article, silent: boolean): Walk {
  const words = useWords();
  const { t } = words;
  const tell = useTell();
  const queries = useQueryClient();
  const [id, setId] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const leading = useMemo(() => article.claims.filter((each) => each.leads), [article]);
  const shown = (claim: Claim) => silent || !claim.muted || claim.decision != null;
  const way = leading.filter(shown);
  const first = way.find((each) => each.decision == null) ?? way[0];
  const claim = article.claims.find((each) => each.id === id) ?? first;
  const at = way.findIndex((each) => each.id === claim?.id);

  const decide = async (verdict: Judgement, correction?: Correction) => {
    if (claim === undefined || asking) return;
    setAsking(true);
    try {
      const decided = await api.decide(article.id, claim.id, verdict, correction);
      queries.setQueryData<Article>(articleKey(article.id), (before) =>
        before === undefined
          ? before
          : {
              ...before,
              claims: before.claims.map((each) =>
                each.id === decided.claim.id ? decided.claim : each,
              ),
            },
      );
      for (const key of ["articles", "drafts", "rules", "offices", "contradictions"])
        void queries.invalidateQueries({ queryKey: [key] });
      if (decided.draft && verdict !== "undone")
        tell(t("reading.drafted", { kind: t(`kind.${decided.draft.kind}` as "kind.report") }), {
          tone: "good",
        });
      const next = verdict === "undone" ? claim : (nextOpen(way, at) ?? claim);
      setId(claim.leads ? next.id : claim.id);
    } catch (error) {
      tell(refusalText(words, error), { tone: "alarm" });
    } finally {
      setAsking(false);
    }
  };
  return {
    way,
    claim,
    at,
    hidden: leading.length - way.length,
    asking,
    go: setId,
    step: (by) => {
      const to = way[at < 0 ? 0 : Math.min(Math.max(at + by, 0), way.length - 1)];
      if (to !== undefined) setId(to.id);
    },
    decide,
  };
}
