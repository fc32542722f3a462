// A report as its originator wrote it.
import type { Body, ReportBody } from "../../api/types.ts";
import { useWords } from "../../i18n/provide.tsx";
import { Prose } from "../../ui/prose.tsx";
import { Grade, Names, Position, Quantities, Sources, ungraded, When } from "../../ui/show.tsx";
import { Chip, Said } from "../../ui/signs.tsx";

export function Panel({ body }: { body: Body }) {
  const { t } = useWords();
  const report = body as ReportBody;
  return (
    <>
      <h3>
        <Said text={report.title} />
      </h3>
      {report.sources.length > 0 && ungraded(report.grade) && (
        <div>
          <Chip tone="dashed">{t("reading.unverified")}</Chip>
        </div>
      )}
      <Prose text={report.narrative} />
      <dl className="facts">
        <dt>{t("item.category")}</dt>
        <dd>{t(`category.${report.category}`)}</dd>
        <dt>{t("item.happened")}</dt>
        <dd>
          <When when={report.when} />
        </dd>
        <dt>{t("item.place")}</dt>
        <dd>
          <Position place={report.place} />
        </dd>
        <dt>{t("item.grade")}</dt>
        <dd>
          <Grade grade={report.grade} />
        </dd>
        {report.actors.length > 0 && (
          <>
            <dt>{t("item.actors")}</dt>
            <dd>
              <Names names={report.actors} />
            </dd>
          </>
        )}
        {report.quantities.length > 0 && (
          <>
            <dt>{t("item.quantities")}</dt>
            <dd>
              <Quantities quantities={report.quantities} />
            </dd>
          </>
        )}
        <Sources sources={report.sources} />
      </dl>
    </>
  );
}
