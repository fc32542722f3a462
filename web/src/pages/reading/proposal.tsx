// The proposal under one's eyes: what it says, who said it, and the keys that settle it.
import { Button, Kbd } from "@mantine/core";
import type { ReactNode } from "react";
import { useLocation } from "wouter";
import { api } from "../../api/client.ts";
import type { Article, Claim } from "../../api/types.ts";
import { useWords } from "../../i18n/provide.tsx";
import { Icon } from "../../ui/icons.tsx";
import { useTell } from "../../ui/notices.tsx";
import { usePartnerName, useRoom } from "../../ui/room.tsx";
import { Chip, Moment, Written } from "../../ui/signs.tsx";
import { Empty, refusalText, Telling } from "../../ui/tell.tsx";
import { dateWords, useSays } from "./says.ts";
import type { Walk } from "./use-article.ts";

function Facts({ article, claim }: { article: Article; claim: Claim }) {
  const words = useWords();
  const { t } = words;
  const says = useSays();
  const name = usePartnerName();
  const partner = (state: string, written: string) => {
    const known = name(state);
    return known === state ? written : known;
  };
  return (
    <dl className="facts">
      {claim.sort === "role" && (
        <>
          <dt>{t("reading.office")}</dt>
          <dd>
            <Written text={claim.says} />
          </dd>
        </>
      )}
      {claim.people.length > 0 && (
        <>
          <dt>{t("reading.people")}</dt>
          <dd>
            <ul>
              {claim.people.map((each) => (
                <li key={`${each.name} ${each.part}`}>
                  <Written text={each.state ? partner(each.state, each.name) : each.name} />{" "}
                  <span className="soft">{says.part(each.part)}</span>
                </li>
              ))}
            </ul>
          </dd>
        </>
      )}
      {(claim.date || claim.sort === "event" || claim.sort === "commitment") && (
        <>
          <dt>{t(claim.sort === "commitment" ? "form.due" : "form.when")}</dt>
          <dd>
            {claim.date ? (
              <bdi>{dateWords(words, claim.date)}</bdi>
            ) : (
              <span className="soft">{t("reading.not-said")}</span>
            )}
          </dd>
        </>
      )}
      {claim.place && (
        <>
          <dt>{t("form.place")}</dt>
          <dd>
            <Written text={claim.place.name} />
            {claim.place.lat == null && <span className="soft"> ({t("reading.no-position")})</span>}
          </dd>
        </>
      )}
      <dt>{t("item.sources")}</dt>
      <dd>
        <Written text={article.outlet} />
      </dd>
      <dt>{t("form.grade")}</dt>
      <dd>
        <strong dir="ltr">F6</strong> <span className="soft">{t("reading.ungraded")}</span>
      </dd>
      <dt>{t("reading.rule")}</dt>
      <dd>
        <bdi dir="ltr" className="mono">
          {claim.rule}
        </bdi>
        {claim.muted && <span className="soft"> ({t("rules.muted")})</span>}
      </dd>
    </dl>
  );
}

function Key({ letter, children }: { letter: string; children: ReactNode }) {
  return (
    <>
      {children} <Kbd size="xs">{letter}</Kbd>
    </>
  );
}

/** What was decided, and the draft that came of it. */
function Outcome({ article, claim }: { article: Article; claim: Claim }) {
  const words = useWords();
  const { t } = words;
  const tell = useTell();
  const [, go] = useLocation();
  const { me } = useRoom();
  const { decision } = claim;
  if (decision == null) return null;
  const { draft } = decision;
  const writes = claim.becomes.find((kind) => me.may.write.includes(kind));
  const taken = decision.verdict !== "rejected";
  const make = async () => {
    try {
      const made = await api.draftOf(article.id, claim.id);
      if (made.draft) go(`/new/${made.draft.kind}?draft=${made.draft.id}`);
    } catch (error) {
      tell(refusalText(words, error), { tone: "alarm" });
    }
  };
  return (
    <Telling tone={taken ? "good" : "plain"}>
      {t(`judge.${decision.verdict as "accepted"}.by`, { person: decision.person.name })}{" "}
      <Moment iso={decision.at} />
      {taken && draft?.mine && (
        <div className="row">
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<Icon name="drafts" size={16} />}
            onClick={() => go(`/new/${draft.kind}?draft=${draft.id}`)}
          >
            <Key letter="D">{t("reading.draft.open")}</Key>
          </Button>
        </div>
      )}
      {taken && !draft?.mine && writes && (
        <div className="row">
          <Button size="compact-sm" variant="default" onClick={() => void make()}>
            {t("reading.draft.make", { kind: t(`kind.${writes}` as "kind.report") })}
          </Button>
        </div>
      )}
      {taken && claim.becomes.length > 0 && !writes && (
        <div className="small">{t("reading.draft.liaison")}</div>
      )}
    </Telling>
  );
}

export function ProposalCard(props: { article: Article; walk: Walk; onCorrect: () => void }) {
  const { t } = useWords();
  const says = useSays();
  const { article, walk } = props;
  const { claim, way } = walk;
  const decided = way.filter((each) => each.decision != null).length;
  if (claim === undefined)
    return (
      <aside className="reading-card panel">
        <Empty title={t("reading.nothing")}>{t("reading.nothing.about")}</Empty>
      </aside>
    );
  return (
    <aside className="reading-card panel stack" aria-label={t("reading.proposal")}>
      <div className="row wide">
        <span className="small soft" role="status">
          {t("reading.progress", { decided, count: way.length })}
        </span>
        <span className="row">
          <button
            type="button"
            className="bare"
            title="K"
            aria-label={t("reading.previous")}
            onClick={() => walk.step(-1)}
          >
            <Icon name="previous" size={18} />
          </button>
          <button
            type="button"
            className="bare"
            title="J"
            aria-label={t("reading.next")}
            onClick={() => walk.step(1)}
          >
            <Icon name="next" size={18} />
          </button>
        </span>
      </div>
      <progress max={Math.max(way.length, 1)} value={decided} aria-label={t("reading.proposals")} />
      <div className="row" data-claim={claim.id} data-sort={claim.sort}>
        <h2>{says.title(claim)}</h2>
        {claim.modality && claim.modality !== "actual" && (
          <Chip tone="warn">{says.modality(claim.modality)}</Chip>
        )}
      </div>
      <blockquote
        className="quote"
        lang={article.language === "und" ? undefined : article.language}
        dir="auto"
      >
        {article.text.slice(claim.sentence.start, claim.sentence.end)}
      </blockquote>
      <Facts article={article} claim={claim} />
      <Outcome article={article} claim={claim} />
      <div className="reading-keys">
        <Button disabled={walk.asking} onClick={() => void walk.decide("accepted")}>
          <Key letter="A">{t("judge.accept")}</Key>
        </Button>
        <Button variant="default" disabled={walk.asking} onClick={props.onCorrect}>
          <Key letter="C">{t("judge.correct")}</Key>
        </Button>
        <Button
          variant="default"
          disabled={walk.asking}
          onClick={() => void walk.decide("rejected")}
        >
          <Key letter="R">{t("judge.reject")}</Key>
        </Button>
        <Button
          variant="subtle"
          disabled={walk.asking || claim.decision == null}
          onClick={() => void walk.decide("undone")}
        >
          <Key letter="U">{t("do.undo")}</Key>
        </Button>
      </div>
    </aside>
  );
}
