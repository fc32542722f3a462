// What cannot be seen made visible: a direction mark of a stranger can turn the text around it,
// an invisible letter makes two names look alike. The node's `readable`, character by character;
// conformance/names/readable.json holds both to one result.

/** First and last code point of each run of characters that leave no mark of their own. */
const INVISIBLE: [number, number][] = [
  [0x0, 0x8],
  [0xb, 0xc],
  [0xe, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x61c, 0x61c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0x2800, 0x2800],
  [0x3164, 0x3164],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff9, 0xfffb],
  [0x1bca0, 0x1bca3],
  [0x1d173, 0x1d17a],
  [0xe0000, 0xe007f],
  [0xe0100, 0xe01ef],
];
const range = ([first, last]: [number, number]): string =>
  `\\u{${first.toString(16)}}-\\u{${last.toString(16)}}`;
/** Brackets are marked too, so that nobody can write a mark by hand. */
const MARKED = new RegExp(`[${INVISIBLE.map(range).join("")}⟦⟧]`, "gu");
const JOINER = "\u200c";
const JOINING = /^[\u0620-\u064a\u066e-\u06d5\u0750-\u077f]$/;

/** The text with every invisible character as its code in ⟦⟧, but for the joiner that Persian and
 * Kurdish write between two letters. */
export function visible(text: string): string {
  const joins = (at: number) => JOINING.test(text[at] ?? "");
  return text.replace(MARKED, (one, at: number) => {
    if (one === JOINER && joins(at - 1) && joins(at + 1)) return one;
    return `⟦${(one.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}⟧`;
  });
}
