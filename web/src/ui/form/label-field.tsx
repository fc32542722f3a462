// The label of a record, in short with everything one click away; each code says what it means.
import { Checkbox, TextInput } from "@mantine/core";
import type {
  Handling,
  Known,
  Label,
  LegalBasis,
  Precedence,
  Purpose,
  Tlp,
} from "../../api/types.ts";
import { useWords } from "../../i18n/provide.tsx";
import { useRoom } from "../room.tsx";
import { PRECEDENCES } from "../signs.tsx";
import { ChoiceField } from "./choice-field.tsx";
import { CheckMany } from "./fields.tsx";

export const TLPS: Known<Tlp>[] = ["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"];
export const HANDLINGS: Known<Handling>[] = ["H0", "H1", "H2", "H3"];
const BASES: Known<LegalBasis>[] = [
  "agreement",
  "national-law",
  "court-order",
  "vital-interest",
  "public-task",
  "consent",
  "open-source",
];

export function PrecedenceField(props: {
  value: Precedence;
  onChange: (value: Precedence) => void;
}) {
  const { t } = useWords();
  return (
    <ChoiceField
      label={t("form.precedence")}
      field="precedence"
      value={props.value}
      choices={PRECEDENCES.map((each) => ({
        value: each,
        label: each,
        about: t(`precedence.${each}`),
      }))}
      onChange={(value) => props.onChange(value as Precedence)}
    />
  );
}

export function LabelField(props: {
  value: Label;
  onChange: (value: Label) => void;
  error?: string | undefined;
  wrong: Record<string, string>;
}) {
  const { t } = useWords();
  const { me } = useRoom();
  const set = (patch: Partial<Label>) => props.onChange({ ...props.value, ...patch });
  const label = props.value;
  return (
    <>
      <div className="pair">
        <ChoiceField
          label={t("form.tlp")}
          field="label.tlp"
          value={label.tlp}
          error={props.wrong["label.tlp"] ?? props.error}
          choices={TLPS.map((each) => ({
            value: each,
            label: `TLP:${each}`,
            about: t(`tlp.${each}`),
          }))}
          onChange={(tlp) => set({ tlp: tlp as Tlp })}
        />
        <ChoiceField
          label={t("form.handling")}
          field="label.handling"
          value={label.handling}
          error={props.wrong["label.handling"]}
          choices={HANDLINGS.map((each) => ({
            value: each,
            label: each,
            about: t(`handling.${each}`),
          }))}
          onChange={(handling) => set({ handling: handling as Handling })}
        />
      </div>
      <details className="more">
        <summary>{t("form.label.more")}</summary>
        <div className="stack">
          <Checkbox
            label={t("form.orcon")}
            checked={label.orcon}
            onChange={(event) => set({ orcon: event.currentTarget.checked })}
          />
          <CheckMany
            label={t("form.purpose")}
            field="label.purpose"
            value={label.purpose}
            choices={me.ceiling.purpose
              .filter((each) => each !== "UNKNOWN")
              .map((each) => ({ value: each, label: t(`purpose.${each}`) }))}
            onChange={(purpose) => set({ purpose: purpose as Purpose[] })}
          />
          <div className="pair">
            <ChoiceField
              label={t("form.basis")}
              field="label.legal_basis"
              value={label.legal_basis}
              choices={BASES.map((each) => ({ value: each, label: t(`basis.${each}`) }))}
              onChange={(basis) => set({ legal_basis: basis as LegalBasis })}
            />
            <TextInput
              label={t("form.review")}
              data-field="label.review"
              type="date"
              error={props.wrong["label.review"]}
              value={label.review}
              onChange={(event) => set({ review: event.currentTarget.value })}
            />
          </div>
        </div>
      </details>
    </>
  );
}
