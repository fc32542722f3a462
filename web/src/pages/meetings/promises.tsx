// The commitments of one meeting: who to whom, by when, and whether it is late.
import { Link } from "wouter";
import type { CommitmentBody, Item } from "../../api/types.ts";
import { useWords } from "../../i18n/provide.tsx";
import { markOf } from "../../kinds/all.ts";
import { Grid } from "../../ui/grid.tsx";
import { MarkSign } from "../../ui/mark.tsx";
import { Parties } from "../../ui/show.tsx";
import { Chip, Said } from "../../ui/signs.tsx";
import { useNow } from "../../ui/use-now.ts";

const DAY_MS = 86_400_000;
const TONES = { late: "alarm", met: "good", "carried-over": "warn", withdrawn: "dashed" } as const;

function Due({ body, state }: { body: CommitmentBody; state: string }) {
  const words = useWords();
  const { t } = words;
  const now = useNow();
  if (!body.due) return <span className="soft">{t("meetings.no-due")}</span>;
  const days = Math.floor(Date.parse(body.due) / DAY_MS) - Math.floor(now / DAY_MS);
  const open = state !== "met" && state !== "withdrawn";
  return (
    <>
      <bdi>{words.day(body.due)}</bdi>
      {open && (
        <div className={days < 0 ? "small alarm" : "small soft"}>
          {days < 0
            ? t("meetings.late", { count: -days })
            : days === 0
              ? t("meetings.today")
              : t("meetings.due-in", { count: days })}
        </div>
      )}
    </>
  );
}

export function Promises(props: {
  promises: Item[];
  bodyOf: (item: Item) => CommitmentBody | null;
}) {
  const { t, number } = useWords();
  const { promises } = props;
  const count = (state: string) => promises.filter((each) => each.category === state).length;
  if (promises.length === 0) return <p className="soft">{t("meetings.none-promised")}</p>;
  return (
    <>
      <p className="small">
        {t("meetings.promises", { count: promises.length })}:{" "}
        {t("meetings.score", {
          open: number(count("open") + count("carried-over")),
          late: number(count("late")),
          met: number(count("met")),
        })}
      </p>
      <Grid
        label={t("meetings.promises", { count: promises.length })}
        className="promises"
        heads={[t("kind.commitment"), t("form.by"), t("form.to"), t("form.due"), t("form.status")]}
      >
        <tbody>
          {promises.map((item) => {
            const body = props.bodyOf(item);
            const state = body?.state ?? item.category ?? "open";
            const tone = TONES[state as keyof typeof TONES];
            return (
              <tr key={item.item}>
                <th scope="row">
                  <span className="promise">
                    <MarkSign mark={markOf(item)} size={24} />
                    <Link href={`/item/${item.item}`}>
                      <Said text={item.title} />
                    </Link>
                  </span>
                </th>
                <td>{body && <Parties ids={body.by} />}</td>
                <td>{body && <Parties ids={body.to} />}</td>
                <td className="nowrap">{body && <Due body={body} state={state} />}</td>
                <td>
                  <Chip {...(tone ? { tone } : {})}>
                    {t(`commitment.${state as CommitmentBody["state"]}`)}
                  </Chip>
                </td>
              </tr>
            );
          })}
        </tbody>
      </Grid>
    </>
  );
}
