// What articles say against each other, side by side; nobody settles it here but the reader.
import { useQuery } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import type { Conflict, Lang } from "../../api/types.ts";
import { useWords } from "../../i18n/provide.tsx";
import type { Words } from "../../i18n/say.ts";
import { plain } from "../../i18n/text.ts";
import { visible } from "../../i18n/visible.ts";
import { usePartnerName, useRoom } from "../../ui/room.tsx";
import { useShown } from "../../ui/shown.ts";
import { Chip, Written } from "../../ui/signs.tsx";
import { Answered, Empty } from "../../ui/tell.tsx";
import { Quoted } from "./quoted.tsx";
import { dateWords } from "./says.ts";

function About({ conflict }: { conflict: Conflict }) {
  const { t, perhaps, code } = useWords();
  const name = usePartnerName();
  const { of } = conflict;
  if (conflict.matter === "office")
    return (
      <>
        <Written text={plain(conflict.office, code as Lang)} />
        {of && (
          <>
            {" · "}
            <Written text={of.state ? name(of.state) : of.name} />
          </>
        )}
      </>
    );
  const event = perhaps(`event.${conflict.event}`) ?? t("reading.tab.conflicts");
  return (
    <>
      {event}
      {conflict.unit && (
        <>
          {" · "}
          <Written text={conflict.unit} />
        </>
      )}
    </>
  );
}

function sayingOf(words: Words, matter: Conflict["matter"], says: string): string {
  if (matter === "date") return dateWords(words, says);
  const figure = Number(says);
  return matter === "figure" && !Number.isNaN(figure) ? words.number(figure) : visible(says);
}

export function Conflicts() {
  const words = useWords();
  const { t } = words;
  const { state } = useRoom();
  useShown("CLEAR");
  const answer = useQuery({
    queryKey: ["contradictions", state],
    queryFn: () => api.contradictions(state),
  });
  return (
    <Answered answer={answer}>
      {(all) =>
        all.length === 0 ? (
          <Empty title={t("conflicts.none")}>{t("conflicts.none.about")}</Empty>
        ) : (
          <div className="stack">
            <p className="soft">{t("conflicts.about")}</p>
            {all.map((conflict, n) => (
              <section key={n} className="panel stack" data-matter={conflict.matter}>
                <div className="row">
                  <h2>
                    <About conflict={conflict} />
                  </h2>
                  <Chip tone="warn">{t(`conflicts.${conflict.matter}`)}</Chip>
                </div>
                <div className="sides">
                  {conflict.sides.map((side) => (
                    <div key={side.says} className="side stack">
                      <h3>
                        <bdi>{sayingOf(words, conflict.matter, side.says)}</bdi>
                      </h3>
                      {side.quotes.map((quote) => (
                        <Quoted key={`${quote.article} ${quote.at.start}`} quote={quote} />
                      ))}
                    </div>
                  ))}
                </div>
              </section>
            ))}
          </div>
        )
      }
    </Answered>
  );
}
