// How the node is doing, without any content.
import { useQuery } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import type { Health } from "../../api/types.ts";
import { useWords } from "../../i18n/provide.tsx";
import { PartnerFacts } from "../../ui/frame/partner-strip.tsx";
import { usePartners, useRoom, useSeatName } from "../../ui/room.tsx";
import { LinkSign, Moment, Written } from "../../ui/signs.tsx";
import { Answered } from "../../ui/tell.tsx";
import "./health.css";
import { Grid } from "../../ui/grid.tsx";

function Figures({ health }: { health: Health }) {
  const words = useWords();
  const { perhaps } = words;
  const { t, number } = words;
  const figures: [string, string][] = [
    [t("health.records"), number(health.records)],
    [
      t("health.partners"),
      t("health.partners.value", { up: health.partners.up, down: health.partners.down }),
    ],
    [t("health.queue"), number(health.desk.queue)],
    [t("health.store"), `${number(Math.round(health.store.bytes / 104_857.6) / 10)} MiB`],
  ];
  return (
    <div className="stack">
      <dl className="figures">
        {figures.map(([name, value]) => (
          <div key={name} className="panel">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <section className="panel">
        <h2>{t("health.tasks")}</h2>
        <Grid label={t("health.tasks")} heads={[t("health.task"), t("health.state")]}>
          <tbody>
            {health.tasks.map((task) => (
              <tr key={task.name}>
                <th scope="row">
                  <Written text={task.name} />
                </th>
                <td>{perhaps(`health.state.${task.state}`) ?? <Written text={task.state} />}</td>
              </tr>
            ))}
          </tbody>
        </Grid>
      </section>
      <p className="small soft">
        {t("health.version")} <bdi>{health.version}</bdi> · {t("health.started")}{" "}
        <Moment iso={health.started_at} />
      </p>
    </div>
  );
}

export default function HealthPage() {
  const { t } = useWords();
  const { me } = useRoom();
  const seat = useSeatName();
  const answer = useQuery({ queryKey: ["health"], queryFn: api.health, refetchInterval: 10_000 });
  const lines = (usePartners().data ?? []).filter((line) => line.partner.id !== me.partner.id);
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1>{t("page.health")}</h1>
          <p>{t("health.about")}</p>
        </div>
      </header>
      <Answered answer={answer}>{(health) => <Figures health={health} />}</Answered>
      <section className="health-links">
        {lines.map((line) => (
          <article key={line.partner.id} className="panel stack tight">
            <h2 className="row wide">
              <Written text={seat(line.partner)} /> <LinkSign link={line.link} />
            </h2>
            <PartnerFacts line={line} />
          </article>
        ))}
      </section>
    </div>
  );
}
