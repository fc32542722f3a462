// A meeting: who sat there by office, what was on the table, what came of it.
import type { Body, MeetingBody } from "../../api/types.ts";
import { useWords } from "../../i18n/provide.tsx";
import { Prose } from "../../ui/prose.tsx";
import { usePartnerName } from "../../ui/room.tsx";
import { Position, Sources, When } from "../../ui/show.tsx";
import { Said, Written } from "../../ui/signs.tsx";

export function Panel({ body }: { body: Body }) {
  const { t } = useWords();
  const name = usePartnerName();
  const meeting = body as MeetingBody;
  return (
    <>
      <h3>
        <Said text={meeting.name} />
      </h3>
      <Prose text={meeting.statement} />
      <dl className="facts">
        {meeting.round != null && (
          <>
            <dt>{t("form.round")}</dt>
            <dd>{t("meetings.round", { round: meeting.round })}</dd>
          </>
        )}
        <dt>{t("item.happened")}</dt>
        <dd>
          <When when={meeting.when} />
        </dd>
        <dt>{t("item.place")}</dt>
        <dd>
          <Position place={meeting.place} />
        </dd>
        {meeting.agenda.length > 0 && (
          <>
            <dt>{t("form.agenda")}</dt>
            <dd>
              <ol>
                {meeting.agenda.map((each, n) => (
                  <li key={n}>
                    <Said text={each} />
                  </li>
                ))}
              </ol>
            </dd>
          </>
        )}
        {meeting.outcomes.length > 0 && (
          <>
            <dt>{t("form.outcomes")}</dt>
            <dd>
              <ul>
                {meeting.outcomes.map((each, n) => (
                  <li key={n}>
                    <Said text={each} />
                  </li>
                ))}
              </ul>
            </dd>
          </>
        )}
        {meeting.participants.length > 0 && (
          <>
            <dt>{t("form.participants")}</dt>
            <dd>
              <ul>
                {meeting.participants.map((each, n) => (
                  <li key={n}>
                    <Written text={name(each.party)} />: <Written text={each.office} />
                    {each.name && (
                      <>
                        {" "}
                        (<Written text={each.name} />)
                      </>
                    )}
                  </li>
                ))}
              </ul>
            </dd>
          </>
        )}
        <Sources sources={meeting.sources} />
      </dl>
    </>
  );
}
