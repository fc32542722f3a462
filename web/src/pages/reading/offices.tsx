// Who held which office when, as the articles say it; what a person accepted is marked.
import { TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { api } from "../../api/client.ts";
import type { Holder, Lang, Office } from "../../api/types.ts";
import { useWords } from "../../i18n/provide.tsx";
import { plain } from "../../i18n/text.ts";
import { Grid } from "../../ui/grid.tsx";
import { usePartnerName, useRoom } from "../../ui/room.tsx";
import { useShown } from "../../ui/shown.ts";
import { Chip, Written } from "../../ui/signs.tsx";
import { Answered, Empty } from "../../ui/tell.tsx";
import { Quoted } from "./quoted.tsx";

function Days({ holder }: { holder: Holder }) {
  const { t, day } = useWords();
  const { first, last } = holder;
  if (!first || !last) return <span className="soft">{t("reading.day.unknown")}</span>;
  return <bdi>{first === last ? day(first) : `${day(first)} – ${day(last)}`}</bdi>;
}

function Line({ holder, children }: { holder: Holder; children?: ReactNode }) {
  const { t, code } = useWords();
  return (
    <tr>
      {children}
      <td>
        <strong>
          <Written text={plain(holder.names, code as Lang)} />
        </strong>
      </td>
      <td className="nowrap">
        <Days holder={holder} />
      </td>
      <td>
        <span className="row">
          {holder.former && <Chip>{t("offices.former")}</Chip>}
          {holder.confirmed ? (
            <Chip tone="good">{t("offices.accepted")}</Chip>
          ) : (
            <Chip tone="dashed">{t("offices.open")}</Chip>
          )}
        </span>
      </td>
      <td>
        <details className="more">
          <summary>{t("offices.articles", { count: holder.articles })}</summary>
          {holder.quotes.map((quote) => (
            <Quoted key={`${quote.article} ${quote.at.start}`} quote={quote} />
          ))}
        </details>
      </td>
    </tr>
  );
}

/** One office and everybody named in it, under each other: two at a time are seen at once. */
function Holders({ office }: { office: Office }) {
  const { code } = useWords();
  const name = usePartnerName();
  const { of } = office;
  return (
    <tbody data-office={plain(office.office, "en")}>
      {office.holders.map((holder, n) => (
        <Line key={n} holder={holder}>
          {n === 0 && (
            <th scope="rowgroup" rowSpan={office.holders.length}>
              <Written text={plain(office.office, code as Lang)} />
              {of && (
                <div className="small soft">
                  <Written text={of.state ? name(of.state) : of.name} />
                </div>
              )}
            </th>
          )}
        </Line>
      ))}
    </tbody>
  );
}

/** Everything a person may type to find an office: its words, whose it is, who held it. */
const found = (office: Office, name: (id: string) => string, typed: string): boolean =>
  [
    ...Object.values(office.office),
    office.of?.name ?? "",
    office.of?.state ? name(office.of.state) : "",
    ...office.holders.flatMap((each) => Object.values(each.names)),
  ].some((text) => text.toLowerCase().includes(typed.trim().toLowerCase()));

export function Offices() {
  const { t } = useWords();
  const name = usePartnerName();
  const { state } = useRoom();
  const [typed, setTyped] = useState("");
  useShown("CLEAR");
  const answer = useQuery({ queryKey: ["offices", state], queryFn: () => api.offices(state) });
  return (
    <Answered answer={answer}>
      {(all) =>
        all.length === 0 ? (
          <Empty title={t("offices.none")}>{t("offices.none.about")}</Empty>
        ) : (
          <div className="stack">
            <p className="soft">{t("offices.about")}</p>
            <TextInput
              aria-label={t("offices.find")}
              placeholder={t("offices.find")}
              data-field="find"
              dir="auto"
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
            <div className="panel">
              <Grid
                label={t("reading.tab.offices")}
                className="offices"
                heads={[
                  t("reading.office"),
                  t("offices.holder"),
                  t("offices.when"),
                  t("rules.state"),
                  t("item.sources"),
                ]}
              >
                {all
                  .filter((office) => found(office, name, typed))
                  .map((office, n) => (
                    <Holders key={n} office={office} />
                  ))}
              </Grid>
            </div>
          </div>
        )
      }
    </Answered>
  );
}
