// A choice by typing a few letters; Enter takes the one that is lit.
import { Select } from "@mantine/core";
import type { KeyboardEvent } from "react";
import { useWords } from "../../i18n/provide.tsx";
import { isPlainEnter } from "../frame/keys.ts";
import { Written } from "../signs.tsx";

export type Choice = { value: string; label: string; about?: string };

/**
 * Enter takes the choice that is lit. The list itself forgets which one that is for a moment after
 * it opens, and the key of whoever types fast would send the form instead.
 */
function takeLit(event: KeyboardEvent<HTMLInputElement>): void {
  if (!isPlainEnter(event) || event.nativeEvent.isComposing) return;
  const list = document.getElementById(event.currentTarget.getAttribute("aria-controls") ?? "");
  const lit = list?.querySelector<HTMLElement>("[data-combobox-selected]");
  if (lit == null) return;
  event.preventDefault();
  lit.click();
}

/** A choice by typing a few letters. */
export function ChoiceField(props: {
  label: string;
  field: string;
  value: string | null;
  choices: Choice[];
  onChange: (value: string) => void;
  error?: string | undefined;
  placeholder?: string;
  required?: boolean;
}) {
  const { t } = useWords();
  const about = new Map(props.choices.map((each) => [each.value, each.about]));
  return (
    <Select
      data-field={props.field}
      label={props.label}
      required={props.required ?? false}
      withAsterisk={props.required ?? false}
      value={props.value}
      data={props.choices.map(({ value, label }) => ({ value, label }))}
      placeholder={props.placeholder ?? t("form.choose")}
      error={props.error}
      searchable
      selectFirstOptionOnChange
      allowDeselect={false}
      nothingFoundMessage={t("form.nothing-found")}
      maxDropdownHeight={280}
      renderOption={({ option }) => (
        <span className="choice">
          <Written text={option.label} />
          {about.get(option.value) && <small>{about.get(option.value)}</small>}
        </span>
      )}
      onKeyDown={takeLit}
      onChange={(value) => value !== null && props.onChange(value)}
    />
  );
}
