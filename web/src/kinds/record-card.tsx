// One record as it is held: whose, under which label, in which version, and its text.
import type { Held, Label } from "../api/types.ts";
import { useWords } from "../i18n/provide.tsx";
import { usePartnerName, useSeatOf } from "../ui/room.tsx";
import { Chip, Moment, TlpSign, Written } from "../ui/signs.tsx";
import { kinds } from "./all.ts";

export function LabelFacts({ label }: { label: Label }) {
  const words = useWords();
  const { t } = words;
  // A newer node may label with codes that came after this screen.
  const word = (key: string) => words.perhaps(key) ?? t("code.unknown");
  return (
    <>
      <dt>{t("item.label")}</dt>
      <dd>
        <TlpSign tlp={label.tlp} /> {word(`tlp.${label.tlp}`)}
      </dd>
      <dt>{t("item.handling")}</dt>
      <dd>
        <span dir="ltr">{label.handling}</span>: {word(`handling.${label.handling}`)}
      </dd>
      <dt>{t("item.purpose")}</dt>
      <dd>{words.list(label.purpose.map((each) => word(`purpose.${each}`)))}</dd>
      <dt>{t("item.basis")}</dt>
      <dd>{word(`basis.${label.legal_basis}`)}</dd>
      <dt>{t("item.review")}</dt>
      <dd>
        <bdi>{words.day(label.review)}</bdi>
      </dd>
    </>
  );
}

/** The text of a record, or the plain statement that it is of a kind not known here. */
export function BodyShown({ kind, body }: { kind: string; body: Held["body"] }) {
  const { t } = useWords();
  const Panel = kinds[kind]?.Panel;
  if (body === null || Panel === undefined)
    return (
      <>
        <h3>{t("kind.newer")}</h3>
        <p className="soft">{t("kind.newer.about", { kind })}</p>
      </>
    );
  return <Panel body={body} />;
}

function Foot({ held }: { held: Held }) {
  const words = useWords();
  const { t, perhaps } = words;
  const seat = useSeatOf();
  const under = held.held_under;
  return (
    <details className="record-foot">
      <summary>
        <span>
          {t("item.made")} <Moment iso={held.made_at} />
        </span>
        <span>{perhaps(`role.${held.author_role}`) ?? held.author_role}</span>
      </summary>
      <dl className="facts">
        <dt>{t("item.received")}</dt>
        <dd>
          <Moment iso={held.received} />
        </dd>
        <LabelFacts label={held.label} />
        {held.label.orcon && (
          <>
            <dt dir="ltr">{t("item.orcon.short")}</dt>
            <dd>{t("item.orcon")}</dd>
          </>
        )}
        {under && (
          <>
            <dt>{t("release.onward")}</dt>
            <dd>
              {under.onward.length > 0
                ? t("item.onward", { partners: words.list(under.onward.map(seat)) })
                : t("item.onward-none")}
              {under.tightened && <div>{t("item.tightened")}</div>}
            </dd>
          </>
        )}
        <dt>{t("item.languages")}</dt>
        <dd>{words.list(held.languages.map((each) => perhaps(`language.${each}`) ?? each))}</dd>
        <dt>{t("queue.digest")}</dt>
        <dd>
          <bdi dir="ltr" className="mono">
            {held.digest.slice(0, 16)}…
          </bdi>
          <div>{t("item.signature", { key: held.checked.key })}</div>
        </dd>
      </dl>
    </details>
  );
}

export function RecordCard({ held }: { held: Held }) {
  const { t, perhaps } = useWords();
  const name = usePartnerName();
  return (
    <article
      className="record"
      data-superseded={held.superseded || undefined}
      data-digest={held.digest}
    >
      <header className="record-head">
        <strong>
          <Written text={name(held.originator)} />
        </strong>
        <TlpSign tlp={held.label.tlp} />
        <Chip>
          <span dir="ltr">{held.label.handling}</span>
        </Chip>
        {held.label.orcon && (
          <Chip>
            <span dir="ltr" title={t("item.orcon")}>
              {t("item.orcon.short")}
            </span>
          </Chip>
        )}
        {held.label.state !== "actual" && (
          <Chip tone="dashed">{perhaps(`state.${held.label.state}`) ?? held.label.state}</Chip>
        )}
        {held.version > 1 && <span>{t("item.version", { version: held.version })}</span>}
        {held.variant > 0 && <Chip>{t("item.tear-line", { variant: held.variant })}</Chip>}
        {held.superseded && <Chip tone="dashed">{t("item.superseded")}</Chip>}
      </header>
      <div className="record-body">
        <BodyShown kind={held.kind} body={held.body} />
      </div>
      <Foot held={held} />
    </article>
  );
}
