// In plain words, always naming partners: who gets it, who does not, and why not.
import type { PreviewLine } from "../api/types.ts";
import { useWords } from "../i18n/provide.tsx";
import { Icon } from "../ui/icons.tsx";
import { useSeatName } from "../ui/room.tsx";
import { Chip, TlpSign, Written } from "../ui/signs.tsx";
import { reasonText } from "../ui/tell.tsx";
import { BodyShown } from "./record-card.tsx";
import "./release-lines.css";

export function GoesTo({ lines }: { lines: PreviewLine[] }) {
  const words = useWords();
  const { t } = words;
  const seat = useSeatName();
  const goes = lines.filter((line) => line.verdict === "goes");
  const not = lines.filter((line) => line.verdict !== "goes");
  const why = (line: PreviewLine): string => {
    if (line.verdict === "not-named") return t("release.not-named");
    if (line.verdict === "holds-already") return t("release.holds-already");
    const reasons = line.reasons.map((each) =>
      reasonText(words, each.code, each.message).replace(/\.$/, ""),
    );
    return t("release.withheld", { reason: reasons.join("; ") });
  };
  return (
    <div className="goes-to" role="status" aria-live="polite">
      <p className="goes" data-none={goes.length === 0 || undefined}>
        <Icon name={goes.length > 0 ? "release" : "lock"} size={20} />
        <span>
          {goes.length > 0
            ? t("release.goes", { partners: words.list(goes.map((line) => seat(line.partner))) })
            : t("release.goes-none")}
        </span>
      </p>
      <p className="goes-not">
        <Icon name="lock" size={20} />
        <span>
          {not.length > 0
            ? t("release.not", {
                partners: words.list(not.map((line) => `${seat(line.partner)} (${why(line)})`)),
              })
            : t("release.not-none")}
        </span>
      </p>
    </div>
  );
}

function Column({ line }: { line: PreviewLine }) {
  const words = useWords();
  const { t } = words;
  const seat = useSeatName();
  return (
    <article className="holds" data-verdict={line.verdict} data-partner={line.partner.id}>
      <header className="holds-head">
        <h3>
          {line.holds
            ? t("release.would-hold", { partner: seat(line.partner) })
            : t("release.nothing-held", { partner: seat(line.partner) })}
        </h3>
        <Chip
          {...(line.verdict === "goes"
            ? { tone: "good" as const }
            : line.verdict === "withheld"
              ? { tone: "warn" as const }
              : {})}
        >
          {t(`verdict.${line.verdict}`)}
        </Chip>
      </header>
      {line.reasons.map((each) => (
        <p key={each.code} className="small">
          {reasonText(words, each.code, each.message)}
          {each.hint && <Written className="soft" text={` ${each.hint}`} />}
        </p>
      ))}
      {line.holds && (
        <>
          <div className="row small">
            <TlpSign tlp={line.holds.label.tlp} />
            <span dir="ltr">{line.holds.label.handling}</span>
            {line.holds.label.orcon && <span dir="ltr">{t("item.orcon.short")}</span>}
          </div>
          {line.holds.records.map((record) => (
            <div key={record.digest} className="holds-record">
              {record.variant > 0 && (
                <Chip>{t("item.tear-line", { variant: record.variant })}</Chip>
              )}
              <BodyShown kind={record.kind} body={record.body} />
              <bdi dir="ltr" className="mono soft">
                {record.digest.slice(0, 16)}…
              </bdi>
            </div>
          ))}
        </>
      )}
      {line.held_back.length > 0 && (
        <div className="held-back">
          <h4>{t("release.held-back")}</h4>
          <ul>
            {line.held_back.map((each, n) => (
              <li key={n}>
                <strong>{words.perhaps(`kind.${each.what}`) ?? each.what}</strong>:{" "}
                {reasonText(words, each.code, each.message)}
              </li>
            ))}
          </ul>
        </div>
      )}
    </article>
  );
}

/** What each partner would hold, side by side. */
export function WouldHold({ lines }: { lines: PreviewLine[] }) {
  const named = lines.filter((line) => line.named || line.verdict === "goes");
  if (named.length === 0) return null;
  return (
    <div className="holds-all">
      {named.map((line) => (
        <Column key={line.partner.id} line={line} />
      ))}
    </div>
  );
}
