// A text that may be written in several languages; the language is guessed from the script.
import { Button, Textarea, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import type { Lang, Text } from "../../api/types.ts";
import { useWords } from "../../i18n/provide.tsx";
import { directionOfLang, guess, languagesOf } from "../../i18n/text.ts";
import { Icon } from "../icons.tsx";

const LANGS: Lang[] = ["en", "ar", "tr", "ku", "ckb"];
type Row = { lang: Lang; text: string; chosen: boolean };

function rowsOf(value: Text | null | undefined, wanted: Lang): Row[] {
  const rows = languagesOf(value).map((lang) => ({
    lang,
    text: value?.[lang] ?? "",
    chosen: true,
  }));
  return rows.length > 0 ? rows : [{ lang: wanted, text: "", chosen: false }];
}

function textOf(rows: Row[]): Text {
  const text: Text = {};
  for (const row of rows) if (row.text.trim() !== "") text[row.lang] = row.text;
  return text;
}

export function TextField(props: {
  label: string;
  field: string;
  value: Text | null | undefined;
  onChange: (value: Text) => void;
  long?: boolean;
  required?: boolean;
  autoFocus?: boolean;
  hint?: string;
  error?: string | undefined;
}) {
  const { t, code } = useWords();
  const [rows, setRows] = useState<Row[]>(() => rowsOf(props.value, code as Lang));
  const change = (next: Row[]) => {
    setRows(next);
    props.onChange(textOf(next));
  };
  const patch = (n: number, with_: Partial<Row>) =>
    change(rows.map((row, at) => (at === n ? { ...row, ...with_ } : row)));
  const free = LANGS.filter((lang) => !rows.some((row) => row.lang === lang));

  const typed = (n: number, row: Row, text: string) => {
    const lang = row.chosen ? row.lang : guess(text, code as Lang);
    const taken = rows.some((each, at) => at !== n && each.lang === lang);
    patch(n, { text, lang: taken ? row.lang : lang });
  };
  const switcher = (n: number, row: Row): ReactNode => (
    <select
      className="lang-switch"
      aria-label={`${t("form.language")}: ${props.label}`}
      value={row.lang}
      tabIndex={-1}
      onChange={(event) => patch(n, { lang: event.currentTarget.value as Lang, chosen: true })}
    >
      {LANGS.filter((lang) => lang === row.lang || free.includes(lang)).map((lang) => (
        <option key={lang} value={lang}>
          {t(`language.${lang}`)}
        </option>
      ))}
    </select>
  );

  return (
    <div className="text-field">
      {rows.map((row, n) => {
        const common = {
          "data-field": n === 0 ? props.field : `${props.field}.${row.lang}`,
          label: n === 0 ? props.label : `${props.label} (${t(`language.${row.lang}`)})`,
          required: n === 0 && (props.required ?? false),
          placeholder: n === 0 ? (props.hint ?? "") : "",
          error: n === 0 ? props.error : undefined,
          value: row.text,
          lang: row.lang,
          dir: row.text === "" ? undefined : directionOfLang(row.lang),
          autoFocus: n === 0 && (props.autoFocus ?? false),
          spellCheck: true,
        };
        return (
          <div className="text-field-row" key={n}>
            {props.long ? (
              <Textarea
                {...common}
                autosize={false}
                rows={n === 0 ? 4 : 3}
                onChange={(event) => typed(n, row, event.currentTarget.value)}
              />
            ) : (
              <TextInput
                {...common}
                onChange={(event) => typed(n, row, event.currentTarget.value)}
              />
            )}
            <div className="text-field-under">
              {switcher(n, row)}
              {n > 0 && (
                <button
                  type="button"
                  className="rows-drop"
                  aria-label={t("form.drop-language")}
                  onClick={() => change(rows.filter((_, at) => at !== n))}
                >
                  <Icon name="close" size={15} />
                </button>
              )}
              {n === rows.length - 1 && free[0] !== undefined && (
                <Button
                  size="compact-xs"
                  variant="subtle"
                  tabIndex={-1}
                  leftSection={<Icon name="plus" size={13} />}
                  onClick={() => {
                    const lang = free.includes(code as Lang) ? (code as Lang) : free[0];
                    if (lang) setRows([...rows, { lang, text: "", chosen: true }]);
                  }}
                >
                  {t("form.add-language")}
                </Button>
              )}
            </div>
          </div>
        );
      })}
    </div>
  );
}
