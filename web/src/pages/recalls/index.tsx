// Recalls: what we took back and each partner's answer, and what partners took back from us.
import "./recalls.css";
import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { Link, useSearch } from "wouter";
import { api } from "../../api/client.ts";
import type { Recall, RecallReceived } from "../../api/types.ts";
import { useWords } from "../../i18n/provide.tsx";
import { markOf } from "../../kinds/all.ts";
import { highest } from "../../picture/order.ts";
import { ReasonDialog } from "../../ui/ask-dialog.tsx";
import { Grid } from "../../ui/grid.tsx";
import { MarkSign } from "../../ui/mark.tsx";
import { useTell } from "../../ui/notices.tsx";
import { RecallSign } from "../../ui/recall-sign.tsx";
import { useSeatOf } from "../../ui/room.tsx";
import { useShown } from "../../ui/shown.ts";
import { Moment, Said, TlpSign, Written } from "../../ui/signs.tsx";
import { Answered, Empty } from "../../ui/tell.tsx";

function Ours({ recall, marked }: { recall: Recall; marked: boolean }) {
  const words = useWords();
  const { t } = words;
  const seat = useSeatOf();
  return (
    <article className="panel recall" data-digest={recall.digest} data-marked={marked || undefined}>
      <header className="recall-head">
        <MarkSign mark={markOf(recall.item)} />
        <div className="grow">
          <h3>
            <Link href={`/item/${recall.item.item}`}>
              <Said text={recall.item.title} />
            </Link>
          </h3>
          <p className="small soft">
            {t("recalls.by", { person: recall.by, at: words.moment(recall.at) })} ·{" "}
            {t("recalls.gone-by", { at: words.moment(recall.gone_by) })}
          </p>
          <p>
            <Written text={recall.reason} />
          </p>
        </div>
        <TlpSign tlp={recall.item.tlp} />
      </header>
      {recall.partners.length === 0 ? (
        <p className="soft">{t("recalls.no-partner")}</p>
      ) : (
        <Grid
          label={t("where.title")}
          heads={[t("where.partner"), t("where.state"), t("where.since")]}
        >
          <tbody>
            {recall.partners.map((line) => (
              <tr key={line.partner} data-partner={line.partner} data-state={line.state}>
                <th scope="row">
                  <Written text={seat(line.partner)} />
                </th>
                <td>
                  <RecallSign recall={line} />
                </td>
                <td>{line.at ? <Moment iso={line.at} /> : "—"}</td>
              </tr>
            ))}
          </tbody>
        </Grid>
      )}
    </article>
  );
}

type Answer = "used-in" | "refused";

function AnswerDialog(props: { recall: RecallReceived; answer: Answer; onClose: () => void }) {
  const { t } = useWords();
  const tell = useTell();
  const queries = useQueryClient();
  const send = async (reason: string) => {
    await api.answerRecall(props.recall.digest, props.answer, reason);
    tell(t("recalls.answered"), { tone: "good" });
    void queries.invalidateQueries({ queryKey: ["recalls"] });
  };
  return (
    <ReasonDialog
      title={t(`recalls.answer.${props.answer}`)}
      label={t(props.answer === "used-in" ? "recalls.answer.where" : "recalls.answer.why")}
      deed={t("recalls.answer")}
      onDeed={send}
      onClose={props.onClose}
    />
  );
}

function Theirs({ recall }: { recall: RecallReceived }) {
  const words = useWords();
  const { t } = words;
  const seat = useSeatOf();
  const [answer, setAnswer] = useState<Answer | null>(null);
  const settled = ["removed", "used-in", "refused"].includes(recall.state);
  return (
    <article className="panel stack tight">
      <h3>{t("recalls.from", { partner: seat(recall.from) })}</h3>
      <p>
        <Written text={recall.reason} />
      </p>
      <p className="small soft">
        {words.perhaps(settled ? `recalled.${recall.state}` : "recalls.state.hidden")} ·{" "}
        {t("recalls.gone-by", { at: words.moment(recall.gone_by) })} ·{" "}
        <bdi dir="ltr" className="mono">
          {recall.digest.slice(0, 16)}…
        </bdi>
      </p>
      {!settled && (
        <div className="row">
          {(["used-in", "refused"] as const).map((each) => (
            <Button key={each} size="compact-sm" variant="default" onClick={() => setAnswer(each)}>
              {t(`recalls.answer.${each}`)}
            </Button>
          ))}
        </div>
      )}
      {answer && <AnswerDialog recall={recall} answer={answer} onClose={() => setAnswer(null)} />}
    </article>
  );
}

export default function RecallsPage() {
  const { t } = useWords();
  const marked = new URLSearchParams(useSearch()).get("digest");
  const ours = useQuery({ queryKey: ["recalls", "ours"], queryFn: api.recalls });
  const theirs = useQuery({ queryKey: ["recalls", "theirs"], queryFn: api.recallsReceived });
  const held = ours.data;
  useShown(useMemo(() => highest((held ?? []).map((each) => each.item.tlp)), [held]));
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1>{t("page.recalls")}</h1>
          <p>{t("recalls.about")}</p>
        </div>
      </header>
      <div className="recalls">
        <section className="stack">
          <h2>{t("recalls.ours")}</h2>
          <Answered answer={ours}>
            {(all) =>
              all.length === 0 ? (
                <Empty title={t("recalls.none")}>{t("recalls.none.about")}</Empty>
              ) : (
                all.map((each) => (
                  <Ours key={each.digest + each.at} recall={each} marked={each.digest === marked} />
                ))
              )
            }
          </Answered>
        </section>
        <section className="stack">
          <h2>{t("recalls.theirs")}</h2>
          <Answered answer={theirs}>
            {(all) =>
              all.length === 0 ? (
                <Empty title={t("recalls.none")} />
              ) : (
                all.map((each) => <Theirs key={each.digest} recall={each} />)
              )
            }
          </Answered>
        </section>
      </div>
    </div>
  );
}
