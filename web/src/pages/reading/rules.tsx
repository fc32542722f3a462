// How often each rule was right, which ones are silent, and who said so.
import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import type { Rule, RuleList } from "../../api/types.ts";
import { useWords } from "../../i18n/provide.tsx";
import { Grid } from "../../ui/grid.tsx";
import { useTell } from "../../ui/notices.tsx";
import { Chip, Moment } from "../../ui/signs.tsx";
import { Answered, Empty, refusalText } from "../../ui/tell.tsx";

function Precision({ rule, least }: { rule: Rule; least: number }) {
  const { t, number } = useWords();
  if (rule.precision == null) return <span className="soft">{t("rules.none-decided")}</span>;
  return (
    <span className="rule-share">
      <meter min={0} max={1} low={least} high={0.8} optimum={1} value={rule.precision}>
        {rule.precision}
      </meter>{" "}
      <bdi>{number(Math.round(rule.precision * 100))}%</bdi>
    </span>
  );
}

function Line({
  rule,
  least,
  onSwitch,
}: {
  rule: Rule;
  least: number;
  onSwitch: (rule: string, muted: boolean | null) => void;
}) {
  const { t, number } = useWords();
  return (
    <tr data-rule={rule.rule} data-muted={rule.muted || undefined}>
      <th scope="row">
        <bdi dir="ltr" className="mono">
          {rule.rule}
        </bdi>
      </th>
      <td>{number(rule.accepted)}</td>
      <td>{number(rule.corrected)}</td>
      <td>{number(rule.rejected)}</td>
      <td>
        <Precision rule={rule} least={least} />
      </td>
      <td>
        {rule.muted ? (
          <Chip tone="warn">{t("rules.muted")}</Chip>
        ) : (
          <Chip tone="good">{t("rules.speaks")}</Chip>
        )}
        {rule.switched && (
          <div className="small soft">
            {t("rules.switched", { person: rule.switched.person })}{" "}
            <Moment iso={rule.switched.at} />
          </div>
        )}
      </td>
      <td>
        <span className="row">
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => onSwitch(rule.rule, !rule.muted)}
          >
            {t(rule.muted ? "rules.unmute" : "rules.mute")}
          </Button>
          {rule.switched && (
            <Button size="compact-xs" variant="subtle" onClick={() => onSwitch(rule.rule, null)}>
              {t("rules.by-count")}
            </Button>
          )}
        </span>
      </td>
    </tr>
  );
}

export function Rules() {
  const words = useWords();
  const { t } = words;
  const tell = useTell();
  const queries = useQueryClient();
  const answer = useQuery({ queryKey: ["rules"], queryFn: api.rules });
  const onSwitch = async (rule: string, muted: boolean | null) => {
    try {
      queries.setQueryData<RuleList>(["rules"], await api.switchRule(rule, muted));
      void queries.invalidateQueries({ queryKey: ["articles"] });
      void queries.invalidateQueries({ queryKey: ["article"] });
    } catch (error) {
      tell(refusalText(words, error), { tone: "alarm" });
    }
  };
  return (
    <Answered answer={answer}>
      {(list) =>
        list.rules.length === 0 ? (
          <Empty title={t("rules.none")}>{t("rules.none.about")}</Empty>
        ) : (
          <div className="panel stack">
            <p className="soft">
              {t("rules.about", {
                count: list.decisions_min,
                share: Math.round(list.precision_min * 100),
              })}
            </p>
            <Grid
              label={t("reading.tab.rules")}
              heads={[
                t("reading.rule"),
                t("rules.accepted"),
                t("rules.corrected"),
                t("rules.rejected"),
                t("rules.precision"),
                t("rules.state"),
              ]}
              acts={t("rules.do")}
            >
              <tbody>
                {list.rules.map((rule) => (
                  <Line
                    key={rule.rule}
                    rule={rule}
                    least={list.precision_min}
                    onSwitch={(name, muted) => void onSwitch(name, muted)}
                  />
                ))}
              </tbody>
            </Grid>
          </div>
        )
      }
    </Answered>
  );
}
