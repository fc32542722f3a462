// What a claim says, in the reader's language; a code that came later is shown as it is.
import type { Claim } from "../../api/types.ts";
import { useWords } from "../../i18n/provide.tsx";
import type { Words } from "../../i18n/say.ts";

export const EVENTS = [
  "meeting",
  "visit",
  "call",
  "statement",
  "agreement",
  "attack",
  "killing",
  "arrest",
  "plot",
  "seizure",
  "release",
  "crossing-open",
  "crossing-close",
  "troop-movement",
  "truce",
  "leadership-change",
  "flight",
  "dissolution",
  "aid-supply",
  "return",
  "displacement",
] as const;
export const FIRMNESS = ["firm", "intended", "considered"] as const;

/** "2025-03-09", "2025-03", "~2025" and spans of them, as a person writes dates. */
export function dateWords(words: Words, date: string): string {
  const about = date.startsWith("~");
  const parts = date.replace(/^~/, "").split("/");
  const said = parts.map((part) => (part.length === 10 ? words.day(part) : part)).join(" – ");
  return about ? words.t("reading.about-then", { date: said }) : said;
}

export function useSays() {
  const { t, perhaps } = useWords();
  return {
    title: (claim: Claim): string => {
      if (claim.sort === "event") return perhaps(`event.${claim.says}`) ?? claim.says;
      if (claim.sort === "commitment")
        return `${t("kind.commitment")}: ${perhaps(`promise.${claim.says}`) ?? claim.says}`;
      return perhaps(`sort-of.${claim.sort}`) ?? claim.sort;
    },
    part: (part: string) => perhaps(`part.${part}`) ?? part,
    modality: (code: string) => perhaps(`modality.${code}`) ?? code,
  };
}
