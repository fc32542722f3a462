// The Admiralty grade: letter for the source, figure for the information, both in words.
import type { Credibility, Grade, Reliability } from "../../api/types.ts";
import { useWords } from "../../i18n/provide.tsx";
import { ChoiceField } from "./choice-field.tsx";

const LETTERS: Reliability[] = ["A", "B", "C", "D", "E", "F"];
const FIGURES: Credibility[] = ["1", "2", "3", "4", "5", "6"];

export function GradeField(props: { value: Grade; onChange: (value: Grade) => void }) {
  const { t } = useWords();
  return (
    <div className="pair">
      <ChoiceField
        label={`${t("form.grade")}: ${t("form.reliability")}`}
        field="body.grade.reliability"
        value={props.value.reliability}
        choices={LETTERS.map((each) => ({
          value: each,
          label: `${each} · ${t(`reliability.${each}`)}`,
        }))}
        onChange={(value) => props.onChange({ ...props.value, reliability: value as Reliability })}
      />
      <ChoiceField
        label={`${t("form.grade")}: ${t("form.credibility")}`}
        field="body.grade.credibility"
        value={props.value.credibility}
        choices={FIGURES.map((each) => ({
          value: each,
          label: `${each} · ${t(`credibility.${each}`)}`,
        }))}
        onChange={(value) => props.onChange({ ...props.value, credibility: value as Credibility })}
      />
    </div>
  );
}
