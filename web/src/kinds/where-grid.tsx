// "Where has this been": every partner by name, and how far this record got with each.
import type { Held, Partner, Passage } from "../api/types.ts";
import { useWords } from "../i18n/provide.tsx";
import { Grid } from "../ui/grid.tsx";
import { RecallSign } from "../ui/recall-sign.tsx";
import { useOthers, useSeatName } from "../ui/room.tsx";
import { Chip, Moment, Written } from "../ui/signs.tsx";
import { reasonText } from "../ui/tell.tsx";

const TONES = {
  receipted: "good",
  withheld: "warn",
  refused: "alarm",
  parked: "warn",
  "awaiting-signature": "dashed",
} as const;

type Stop = { passage: Passage; by: string; signer: string | null | undefined };

function stopsOf(held: Held): Map<string, Stop> {
  const stops = new Map<string, Stop>();
  // Later releases are later stops; the newest says how things stand now.
  for (const release of [...(held.whereabouts?.releases ?? [])].sort((a, b) =>
    a.at < b.at ? -1 : 1,
  ))
    for (const passage of release.to)
      stops.set(passage.partner, {
        passage,
        by: release.requested_by,
        signer: release.signed_by,
      });
  return stops;
}

function Line({
  partner,
  stop,
  recalled,
}: {
  partner: Partner;
  stop: Stop | undefined;
  recalled: boolean;
}) {
  const words = useWords();
  const { t } = words;
  const seat = useSeatName();
  if (stop === undefined)
    return (
      <tr data-partner={partner.id}>
        <th scope="row">
          <Written text={seat(partner)} />
        </th>
        <td className="soft">{t("where.not-sent")}</td>
        {recalled && <td />}
      </tr>
    );
  const { passage } = stop;
  const tone = TONES[passage.state as keyof typeof TONES];
  return (
    <tr data-partner={partner.id} data-state={passage.state}>
      <th scope="row">
        <Written text={seat(partner)} />
      </th>
      <td>
        <Chip {...(tone ? { tone } : {})}>{t(`passage.${passage.state}`)}</Chip>{" "}
        {passage.seq != null && (
          <span className="small soft">{t("where.seq", { seq: passage.seq })}</span>
        )}
        {passage.at && (
          <div className="small">
            <Moment iso={passage.at} />
          </div>
        )}
        {passage.reason && (
          <div className="small">{reasonText(words, passage.reason, passage.reason)}</div>
        )}
        <div className="small soft">
          {stop.signer
            ? t("where.release", { person: stop.by, signer: stop.signer })
            : t("where.release-open", { person: stop.by })}
        </div>
      </td>
      {recalled && <td>{passage.recall && <RecallSign recall={passage.recall} />}</td>}
    </tr>
  );
}

export function WhereGrid({ held }: { held: Held }) {
  const { t } = useWords();
  const others = useOthers();
  if (!held.whereabouts) return null;
  const stops = stopsOf(held);
  if (stops.size === 0)
    return (
      <p className="soft">
        {t("where.never")}. {t("where.never.about")}
      </p>
    );
  // The sheet beside the map is narrow: no column that has nothing to say.
  const recalled = [...stops.values()].some((stop) => stop.passage.recall != null);
  const heads = [t("where.partner"), t("where.state")];
  return (
    <div className="panel">
      <Grid
        label={t("where.title")}
        className="where"
        heads={recalled ? [...heads, t("where.recall")] : heads}
      >
        <tbody>
          {others.map((partner) => (
            <Line
              key={partner.id}
              partner={partner}
              stop={stops.get(partner.id)}
              recalled={recalled}
            />
          ))}
        </tbody>
      </Grid>
    </div>
  );
}
