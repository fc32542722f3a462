// How the common fields of records are shown.
import type * as T from "../api/types.ts";
import { useWords } from "../i18n/provide.tsx";
import { followable } from "./link.ts";
import { usePartnerName } from "./room.tsx";
import { Moment, Said, Written } from "./signs.tsx";

export function When({ when }: { when: T.When }) {
  const words = useWords();
  const exact = when.precision === "minute" || when.precision === "hour";
  const one = (iso: string) => (exact ? <Moment iso={iso} /> : <bdi>{words.day(iso)}</bdi>);
  return (
    <>
      {one(when.start)}
      {when.end && <> – {one(when.end)}</>}{" "}
      <span className="soft">({words.t(`precision.${when.precision}`)})</span>
    </>
  );
}

export function Position({ place }: { place: T.Place }) {
  const { t, number } = useWords();
  return (
    <>
      <Said text={place.name} />
      {" · "}
      <bdi dir="ltr" className="soft mono">
        {place.lat.toFixed(4)}, {place.lon.toFixed(4)}
      </bdi>
      {place.radius_m != null && (
        <span className="soft"> {t("item.radius", { radius: number(place.radius_m) })}</span>
      )}
    </>
  );
}

/** Nobody has judged it yet: what an open source says stays so until a person does. */
export const ungraded = (grade: T.Grade): boolean =>
  grade.reliability === "F" && grade.credibility === "6";

/** Letter, figure, and both in words: nobody has to know the scheme by heart. */
export function Grade({ grade }: { grade: T.Grade }) {
  const { t } = useWords();
  return (
    <>
      <strong dir="ltr">
        {grade.reliability}
        {grade.credibility}
      </strong>{" "}
      <span className="soft">
        {t(`reliability.${grade.reliability}`)}; {t(`credibility.${grade.credibility}`)}
      </span>
    </>
  );
}

export function Names({ names }: { names: string[] }) {
  return (
    <ul>
      {names.map((name) => (
        <li key={name}>
          <Written text={name} />
        </li>
      ))}
    </ul>
  );
}

/** Party ids as partner names; a party that is no partner is shown as written. */
export function Parties({ ids }: { ids: string[] }) {
  const words = useWords();
  const name = usePartnerName();
  return <>{words.list(ids.map(name))}</>;
}

export function Quantities({ quantities }: { quantities: T.Quantity[] }) {
  const { number } = useWords();
  return (
    <ul>
      {quantities.map((each, n) => (
        <li key={n}>
          <Written text={each.what} />: {number(each.amount)} <Written text={each.unit} />
        </li>
      ))}
    </ul>
  );
}

export function AmountShown({ amount }: { amount: T.Amount }) {
  const { number } = useWords();
  return (
    <>
      {number(amount.amount)} <Written text={amount.unit} />
    </>
  );
}

export function Sources({ sources }: { sources: T.Source[] }) {
  const { t } = useWords();
  if (sources.length === 0) return null;
  return (
    <>
      <dt>{t("item.sources")}</dt>
      <dd>
        <ul>
          {sources.map((each, n) => (
            <li key={n}>
              <Written text={each.outlet} />:{" "}
              {followable(each.url) ? (
                <a href={followable(each.url)} target="_blank" rel="noreferrer noopener">
                  <Written text={each.title} />
                </a>
              ) : (
                <Written text={each.title} />
              )}
            </li>
          ))}
        </ul>
      </dd>
    </>
  );
}
