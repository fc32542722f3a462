// Choosing among the languages of one text, and telling scripts apart.
import type { Lang, Text } from "../api/types.ts";
import { visible } from "./visible.ts";

const ORDER: Lang[] = ["en", "ar", "tr", "ku", "ckb"];

export type Chosen = { text: string; lang: Lang };

/** The reader's language first, then the one most readers share, then whatever there is. */
function pick(text: Text | undefined | null, wanted: Lang): Chosen | undefined {
  if (!text) return undefined;
  for (const lang of [wanted, ...ORDER]) {
    const found = text[lang];
    if (found !== undefined && found !== "") return { text: found, lang };
  }
  return undefined;
}

/** The text to be shown. */
export function choose(text: Text | undefined | null, wanted: Lang): Chosen | undefined {
  const found = pick(text, wanted);
  return found && { ...found, text: visible(found.text) };
}

/** The text as it is written: for a field, a sentence or `Written`, each of which makes it visible
 * once. */
export const plain = (text: Text | undefined | null, wanted: Lang): string =>
  pick(text, wanted)?.text ?? "";

export const languagesOf = (text: Text | undefined | null): Lang[] =>
  text ? ORDER.filter((lang) => (text[lang] ?? "") !== "") : [];

// Letters that Sorani writes and Arabic does not, and the other way round.
const SORANI = /[ەێۆڵڕڤۊگچپژ]/g;
const ARABIC_ONLY = /[ةىأإضظطصثذ]/g;
const KURMANJI = /[êîûÊÎÛ]|\b(û|li|ji|ku|bi|di)\b/g;
const TURKISH = /[ğışöüİĞŞÖÜ]|\b(ve|bir|ile|için)\b/g;

const count = (text: string, letters: RegExp): number => text.match(letters)?.length ?? 0;

/** A guess for the language switch beside a field; a person can always say otherwise. */
export function guess(text: string, wanted: Lang): Lang {
  const arabic = count(text, /\p{Script=Arabic}/gu);
  const latin = count(text, /\p{Script=Latin}/gu);
  if (arabic === 0 && latin === 0) return wanted;
  if (arabic >= latin) {
    const sorani = count(text, SORANI);
    const only = count(text, ARABIC_ONLY);
    if (sorani > only) return "ckb";
    return only === 0 && sorani === 0 && wanted === "ckb" ? "ckb" : "ar";
  }
  const kurmanji = count(text, KURMANJI);
  const turkish = count(text, TURKISH);
  if (kurmanji === 0 && turkish === 0) {
    return wanted === "tr" || wanted === "ku" ? wanted : "en";
  }
  if (kurmanji === turkish) return wanted === "ku" ? "ku" : "tr";
  return kurmanji > turkish ? "ku" : "tr";
}

export const directionOfLang = (lang: Lang): "ltr" | "rtl" =>
  lang === "ar" || lang === "ckb" ? "rtl" : "ltr";
