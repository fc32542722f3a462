// One partner's answer to a recall, in a word, with its reason and whether it is late.
import type { RecallState } from "../api/types.ts";
import { useWords } from "../i18n/provide.tsx";
import { Chip, Written } from "./signs.tsx";

const TONES = { removed: "good", "used-in": "warn", refused: "alarm" } as const;

export function RecallSign({ recall }: { recall: RecallState }) {
  const { t } = useWords();
  const tone = TONES[recall.state as keyof typeof TONES];
  return (
    <span className="row" data-recall={recall.state}>
      <Chip {...(tone ? { tone } : {})}>{t(`recalled.${recall.state}`)}</Chip>
      {recall.overdue && <Chip tone="alarm">{t("recalled.overdue")}</Chip>}
      {recall.reason && <Written className="small" text={recall.reason} />}
    </span>
  );
}
