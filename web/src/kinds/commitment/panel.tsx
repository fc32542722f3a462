// A commitment: who promised what to whom, by when, how firmly, and what shows it.
import type { Body, CommitmentBody } from "../../api/types.ts";
import { useWords } from "../../i18n/provide.tsx";
import { Prose } from "../../ui/prose.tsx";
import { Names, Parties, Sources } from "../../ui/show.tsx";
import { Chip, Said } from "../../ui/signs.tsx";

const TONES = { late: "alarm", met: "good", "carried-over": "warn", withdrawn: "dashed" } as const;

export function Panel({ body }: { body: Body }) {
  const words = useWords();
  const { t } = words;
  const promise = body as CommitmentBody;
  const tone = TONES[promise.state as keyof typeof TONES];
  return (
    <>
      <div className="row">
        <Chip {...(tone ? { tone } : {})}>{t(`commitment.${promise.state}`)}</Chip>
        <Chip>{t(`firmness.${promise.firmness}`)}</Chip>
      </div>
      <Prose text={promise.text} />
      <dl className="facts">
        <dt>{t("form.by")}</dt>
        <dd>
          <Parties ids={promise.by} />
        </dd>
        <dt>{t("form.to")}</dt>
        <dd>
          <Parties ids={promise.to} />
        </dd>
        <dt>{t("form.due")}</dt>
        <dd>{promise.due ? <bdi>{words.day(promise.due)}</bdi> : t("meetings.no-due")}</dd>
        {promise.measure && (
          <>
            <dt>{t("form.measure")}</dt>
            <dd>
              <Said text={promise.measure} />
            </dd>
          </>
        )}
        {promise.evidence.length > 0 && (
          <>
            <dt>{t("form.evidence")}</dt>
            <dd>
              <Names names={promise.evidence} />
            </dd>
          </>
        )}
        <Sources sources={promise.sources} />
      </dl>
    </>
  );
}
