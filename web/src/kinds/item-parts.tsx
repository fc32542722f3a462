// The parts of an item below its head: accounts, whereabouts, status, notes, talk, what belongs with it.
import { Link } from "wouter";
import type { Held, Item } from "../api/types.ts";
import { useWords } from "../i18n/provide.tsx";
import { MarkSign } from "../ui/mark.tsx";
import { usePartnerName } from "../ui/room.tsx";
import { Moment, Said, TlpSign, Written } from "../ui/signs.tsx";
import { markOf } from "./all.ts";
import { Talk } from "./message/form.tsx";
import { BodyShown, RecordCard } from "./record-card.tsx";
import { WhereGrid } from "./where-grid.tsx";

function Accounts({ item }: { item: Item }) {
  const { t } = useWords();
  const current = item.records.filter((each) => !each.superseded);
  const older = item.records.filter((each) => each.superseded);
  return (
    <section className="sheet-part">
      <h3>{t("item.records", { count: current.length })}</h3>
      <div className="records">
        {current.map((held) => (
          <RecordCard key={held.digest} held={held} />
        ))}
      </div>
      {older.length > 0 && (
        <details className="more">
          <summary>{t("item.older", { count: older.length })}</summary>
          <div className="records">
            {older.map((held) => (
              <RecordCard key={held.digest} held={held} />
            ))}
          </div>
        </details>
      )}
    </section>
  );
}

function Where({ item }: { item: Item }) {
  const { t } = useWords();
  // An old version that never left has nothing to tell.
  const ours = item.records.filter(
    (each) => each.whereabouts && (!each.superseded || each.whereabouts.releases.length > 0),
  );
  if (ours.length === 0) return null;
  return (
    <section className="sheet-part stack tight">
      <h3>{t("where.title")}</h3>
      {ours.map((held) => (
        <div key={held.digest} className="stack tight">
          {ours.length > 1 && (
            <span className="small soft">
              {t("item.version", { version: held.version })}
              {held.variant > 0 && ` · ${t("item.tear-line", { variant: held.variant })}`}
            </span>
          )}
          <WhereGrid held={held} />
        </div>
      ))}
    </section>
  );
}

function Line({ held }: { held: Held }) {
  const name = usePartnerName();
  return (
    <li data-digest={held.digest}>
      <div className="talk-head">
        <strong>
          <Written text={name(held.originator)} />
        </strong>
        <TlpSign tlp={held.label.tlp} />
        <Moment iso={held.made_at} />
      </div>
      <BodyShown kind={held.kind} body={held.body} />
    </li>
  );
}

function History({ statuses }: { statuses: Held[] }) {
  const { t } = useWords();
  const name = usePartnerName();
  return (
    <section className="sheet-part">
      <h3>{t("item.statuses")}</h3>
      {statuses.length === 0 && <p className="soft">{t("item.no-statuses")}</p>}
      <ol className="history">
        {statuses.map((held) => (
          <li key={held.digest}>
            <BodyShown kind={held.kind} body={held.body} />
            <p className="small soft">
              <Written text={name(held.originator)} /> · <Moment iso={held.made_at} />
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Related({ item }: { item: Item }) {
  const { t } = useWords();
  if (item.related.length === 0) return null;
  return (
    <section className="sheet-part">
      <h3>{t("item.related")}</h3>
      <ul className="panel related">
        {item.related.map((each) => (
          <li key={each.item}>
            <Link href={`/item/${each.item}`}>
              <MarkSign mark={markOf(each)} size={24} />
              <span className="grow">
                <Said text={each.title} />
              </span>
              <TlpSign tlp={each.tlp} />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function Parts({ item, onChanged }: { item: Item; onChanged: () => void }) {
  const { t } = useWords();
  return (
    <>
      <Accounts item={item} />
      {item.kind === "site" && <History statuses={item.statuses} />}
      <Where item={item} />
      <section className="sheet-part">
        <h3>{t("item.notes")}</h3>
        {item.notes.length === 0 && <p className="soft">{t("item.no-notes")}</p>}
        <ul className="talk">
          {item.notes.map((held) => (
            <Line key={held.digest} held={held} />
          ))}
        </ul>
      </section>
      <Related item={item} />
      <section className="sheet-part">
        <h3>{t("item.messages")}</h3>
        {item.messages.length === 0 && !item.actions.message && (
          <p className="soft">{t("item.no-messages")}</p>
        )}
        <ul className="talk">
          {item.messages.map((held) => (
            <Line key={held.digest} held={held} />
          ))}
        </ul>
        {item.actions.message && <Talk item={item} onSent={onChanged} />}
      </section>
    </>
  );
}
