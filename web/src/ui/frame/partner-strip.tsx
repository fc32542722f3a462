// Along the foot of every page: how each partner's link stands and how old its picture is.
import { Popover } from "@mantine/core";
import type { PartnerLine } from "../../api/types.ts";
import { useWords } from "../../i18n/provide.tsx";
import { usePartners, useRoom, useSeatName } from "../room.tsx";
import { Age, Chip, LinkSign, Moment, Written } from "../signs.tsx";
import { reasonText, Telling } from "../tell.tsx";
import { useNow } from "../use-now.ts";

export function PartnerFacts({ line }: { line: PartnerLine }) {
  const words = useWords();
  const { t } = words;
  return (
    <div className="stack tight">
      {line.reason && (
        <Telling tone="warn">{reasonText(words, line.reason.code, line.reason.message)}</Telling>
      )}
      {line.incident && (
        <Telling tone="alarm">
          {reasonText(words, line.incident.code, line.incident.message)}
        </Telling>
      )}
      <dl className="facts">
        <dt>{t("partner.link")}</dt>
        <dd>
          <LinkSign link={line.link} />
          {line.since && " · "}
          {line.since && <Age iso={line.since} />}
        </dd>
        <dt>{t("partner.agreement")}</dt>
        <dd>{t(`agreement.${line.agreement}`)}</dd>
        <dt>{t("partner.picture")}</dt>
        <dd>{line.picture_as_of ? <Moment iso={line.picture_as_of} /> : t("partner.never")}</dd>
        <dt>{t("partner.lag")}</dt>
        <dd>{line.lag_s == null ? "—" : words.seconds(line.lag_s)}</dd>
        {line.queued != null && <Counts line={line} />}
      </dl>
    </div>
  );
}

/** What passes, for those whom the node tells. */
function Counts({ line }: { line: PartnerLine }) {
  const words = useWords();
  const { t } = words;
  return (
    <>
      <dt>{t("partner.last-receipt")}</dt>
      <dd>
        {line.last_receipt ? (
          <>
            {t("partner.receipt-no", { seq: line.last_receipt.seq })}{" "}
            <Moment iso={line.last_receipt.at} />
          </>
        ) : (
          t("partner.never")
        )}
      </dd>
      <dt>{t("partner.queued")}</dt>
      <dd>{words.number(line.queued ?? 0)}</dd>
      <dt>{t("partner.unreceipted")}</dt>
      <dd>{words.number(line.sent_unreceipted ?? 0)}</dd>
      <dt>{t("partner.received")}</dt>
      <dd>{words.number(line.received ?? 0)}</dd>
    </>
  );
}

function Line({ line }: { line: PartnerLine }) {
  const words = useWords();
  const seat = useSeatName();
  const now = useNow();
  const { t } = words;
  const age = line.picture_as_of
    ? t("strip.picture", { age: words.age(line.picture_as_of, now) })
    : t("strip.no-picture");
  const waiting = (line.queued ?? 0) + (line.sent_unreceipted ?? 0);
  return (
    <Popover position="top-start" withArrow shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <button type="button" aria-haspopup="dialog">
          <LinkSign link={line.link} word={false} />
          <span className="strip-name">
            <Written text={seat(line.partner)} />
          </span>
          {line.incident ? (
            <Chip tone="alarm">{t("strip.incident")}</Chip>
          ) : waiting > 0 ? (
            <Chip>{t("strip.waiting", { count: waiting })}</Chip>
          ) : (
            <span className="small soft">{t(`link.${line.link}`)}</span>
          )}
          <span className="strip-more">
            {line.reason ? reasonText(words, line.reason.code, line.reason.message) : age}
            {!line.reason && line.last_receipt && (
              <> · {t("strip.receipt", { seq: line.last_receipt.seq })}</>
            )}
          </span>
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={seat(line.partner)}>
        <div className="strip-card">
          <PartnerFacts line={line} />
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

export function PartnerStrip() {
  const { t } = useWords();
  const { me } = useRoom();
  const lines = (usePartners().data ?? []).filter((line) => line.partner.id !== me.partner.id);
  return (
    <aside className="strip" aria-label={t("strip.title")}>
      <ul>
        {lines.map((line) => (
          <li key={line.partner.id}>
            <Line line={line} />
          </li>
        ))}
      </ul>
    </aside>
  );
}
