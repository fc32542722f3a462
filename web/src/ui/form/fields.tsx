// The fields that every form is made of.
import { Button, Checkbox, NumberInput, TagsInput, TextInput } from "@mantine/core";
import { type ReactNode, useId, useState } from "react";
import type { Amount, Quantity, Source } from "../../api/types.ts";
import { useWords } from "../../i18n/provide.tsx";
import { Icon } from "../icons.tsx";
import { Written } from "../signs.tsx";
import type { Choice } from "./choice-field.tsx";
import { readTime, stepFrom, writeTime } from "./time.ts";

const STEPS = [
  { key: "form.minus-minutes", count: 10, ms: -600_000 },
  { key: "form.minus-hours", count: 1, ms: -3_600_000 },
] as const;

export function TimeField(props: {
  label: string;
  field: string;
  value: string | undefined;
  onChange: (value: string) => void;
  error?: string | undefined;
  steps?: boolean;
  required?: boolean;
}) {
  const { t } = useWords();
  const [typed, setTyped] = useState<string | null>(null);
  const [bad, setBad] = useState(false);
  const settle = () => {
    if (typed === null) return;
    const read = readTime(typed, new Date());
    setBad(read === null);
    if (read === null) return;
    props.onChange(read);
    setTyped(null);
  };
  return (
    <div className="time-field">
      <TextInput
        data-field={props.field}
        label={props.label}
        description={t("form.when.hint")}
        inputWrapperOrder={["label", "input", "description", "error"]}
        dir="ltr"
        required={props.required ?? false}
        value={typed ?? (props.value ? writeTime(props.value) : "")}
        error={bad ? t("form.wrong-time") : props.error}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          // Sending by Ctrl+Enter comes before the field is left.
          const read = readTime(event.currentTarget.value, new Date());
          if (read !== null && event.currentTarget.value.trim() !== "") props.onChange(read);
        }}
        onBlur={settle}
      />
      {props.steps && (
        <div className="row">
          <Button
            size="compact-xs"
            variant="default"
            tabIndex={-1}
            onClick={() => props.onChange(stepFrom(new Date(), 0))}
          >
            {t("form.now")}
          </Button>
          {STEPS.map((step) => (
            <Button
              key={step.key}
              size="compact-xs"
              variant="default"
              tabIndex={-1}
              onClick={() => props.onChange(stepFrom(new Date(props.value ?? Date.now()), step.ms))}
            >
              {t(step.key, { count: step.count })}
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}

export function ManyField(props: {
  label: string;
  field: string;
  value: string[];
  onChange: (value: string[]) => void;
  placeholder?: string;
}) {
  const { t } = useWords();
  return (
    <TagsInput
      data-field={props.field}
      label={props.label}
      placeholder={props.value.length === 0 ? (props.placeholder ?? t("form.actors.hint")) : ""}
      value={props.value}
      onChange={props.onChange}
    />
  );
}

export function AmountField(props: {
  label: string;
  value: Amount | null | undefined;
  onChange: (value: Amount | undefined) => void;
}) {
  const { t } = useWords();
  const set = (patch: Partial<Amount>) => {
    const next = {
      amount: props.value?.amount ?? Number.NaN,
      unit: props.value?.unit ?? "",
      ...patch,
    };
    props.onChange(Number.isNaN(next.amount) && next.unit === "" ? undefined : next);
  };
  const amount = props.value?.amount;
  return (
    <div className="pair">
      <NumberInput
        label={props.label}
        hideControls
        min={0}
        value={amount === undefined || Number.isNaN(amount) ? "" : amount}
        onChange={(value) => set({ amount: value === "" ? Number.NaN : Number(value) })}
      />
      <TextInput
        label={t("form.unit")}
        dir="auto"
        value={props.value?.unit ?? ""}
        onChange={(event) => set({ unit: event.currentTarget.value })}
      />
    </div>
  );
}

/** A list of small rows that can grow and shrink. */
export function Rows<R>(props: {
  label: string;
  rows: R[];
  empty: R;
  onChange: (rows: R[]) => void;
  children: (row: R, set: (patch: Partial<R>) => void) => ReactNode;
}) {
  const { t } = useWords();
  const id = useId();
  return (
    <fieldset className="rows" aria-labelledby={id}>
      <div className="row wide">
        <span className="field-label" id={id}>
          {props.label}
        </span>
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<Icon name="plus" size={14} />}
          onClick={() => props.onChange([...props.rows, props.empty])}
        >
          {t("do.add")}
          <span className="hidden">: {props.label}</span>
        </Button>
      </div>
      {props.rows.map((row, n) => (
        <div className="rows-row" key={n}>
          {props.children(row, (patch) =>
            props.onChange(props.rows.map((each, at) => (at === n ? { ...each, ...patch } : each))),
          )}
          <button
            type="button"
            className="rows-drop"
            aria-label={`${t("do.remove")}: ${props.label} ${n + 1}`}
            onClick={() => props.onChange(props.rows.filter((_, at) => at !== n))}
          >
            <Icon name="close" size={16} />
          </button>
        </div>
      ))}
    </fieldset>
  );
}

export function QuantitiesField(props: {
  value: Quantity[];
  onChange: (value: Quantity[]) => void;
}) {
  const { t } = useWords();
  return (
    <Rows
      label={t("form.quantities")}
      rows={props.value}
      empty={{ what: "", amount: 1, unit: "" }}
      onChange={props.onChange}
    >
      {(row, set) => (
        <>
          <TextInput
            aria-label={t("form.what")}
            placeholder={t("form.what")}
            dir="auto"
            value={row.what}
            onChange={(event) => set({ what: event.currentTarget.value })}
          />
          <NumberInput
            aria-label={t("form.amount")}
            hideControls
            min={0}
            value={row.amount}
            onChange={(value) => set({ amount: Number(value) || 0 })}
          />
          <TextInput
            aria-label={t("form.unit")}
            placeholder={t("form.unit")}
            dir="auto"
            value={row.unit}
            onChange={(event) => set({ unit: event.currentTarget.value })}
          />
        </>
      )}
    </Rows>
  );
}

export function SourcesField(props: { value: Source[]; onChange: (value: Source[]) => void }) {
  const { t } = useWords();
  return (
    <Rows
      label={t("form.sources")}
      rows={props.value}
      empty={{ outlet: "", title: "" }}
      onChange={props.onChange}
    >
      {(row, set) => (
        <>
          <TextInput
            aria-label={t("form.outlet")}
            placeholder={t("form.outlet")}
            dir="auto"
            value={row.outlet}
            onChange={(event) => set({ outlet: event.currentTarget.value })}
          />
          <TextInput
            aria-label={t("form.source-title")}
            placeholder={t("form.source-title")}
            dir="auto"
            value={row.title}
            onChange={(event) => set({ title: event.currentTarget.value })}
          />
          <TextInput
            aria-label={t("form.url")}
            placeholder="https://"
            dir="ltr"
            value={row.url ?? ""}
            onChange={(event) => set({ url: event.currentTarget.value })}
          />
        </>
      )}
    </Rows>
  );
}

export function CheckMany(props: {
  label: string;
  choices: Choice[];
  value: string[];
  onChange: (value: string[]) => void;
  field?: string;
}) {
  return (
    <Checkbox.Group
      label={props.label}
      value={props.value}
      onChange={props.onChange}
      data-field={props.field}
    >
      <div className="checks">
        {props.choices.map((each) => (
          <Checkbox key={each.value} value={each.value} label={<Written text={each.label} />} />
        ))}
      </div>
    </Checkbox.Group>
  );
}
