// Which languages there are, in which direction they run, and how their catalogues load.
import en from "../../../locales/en.json";
import list from "../../../locales/index.json";

export type Code = "en" | "ar" | "tr" | "ku" | "ckb";
export type Direction = "ltr" | "rtl";
export type Plural = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };
export type Key = keyof typeof en;
export type Catalogue = Record<Key, string | Plural>;

export const languages = list as {
  code: Code;
  name: string;
  direction: Direction;
  reviewer: string;
}[];

export const english = en as Catalogue;

const catalogues = import.meta.glob<{ default: Catalogue }>([
  "../../../locales/{ar,tr,ku,ckb}.json",
]);

export async function load(code: Code): Promise<Catalogue> {
  if (code === "en") return english;
  const bring = catalogues[`../../../locales/${code}.json`];
  if (bring === undefined) return english;
  // A key the translation lacks is shown in English rather than as a bare key.
  return { ...english, ...(await bring()).default };
}

export function directionOf(code: Code): Direction {
  return languages.find((each) => each.code === code)?.direction ?? "ltr";
}

/**
 * Browsers carry no Kurdish calendars, so Kurdish dates and digits borrow those of the
 * neighbours who write them alike. Only numeric forms are used, so no foreign word shows.
 */
const INTL: Record<Code, string> = {
  en: "en-GB",
  ar: "ar-JO-u-nu-arab",
  tr: "tr-TR",
  ku: "tr-TR",
  ckb: "ar-IQ-u-nu-arab",
};

export const intlOf = (code: Code): string => INTL[code];

export function known(code: string | null | undefined): Code | undefined {
  return languages.find((each) => each.code === code)?.code;
}

/** The language a person's browser asks for, if Diwan speaks it. */
export function asked(wanted: readonly string[]): Code {
  for (const tag of wanted) {
    const base = known(tag.toLowerCase().split("-")[0]);
    if (base !== undefined) return base;
  }
  return "en";
}
