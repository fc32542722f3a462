// What of the picture a screen shows: filters, order, and the bars of the timeline.
import type { ItemBrief, Text } from "../api/types.ts";
import { newestFirst } from "./order.ts";

export type Span = { from: number; to: number };
export type Filter = { kinds: ReadonlySet<string>; text: string; span: Span | null };

export const NO_FILTER: Filter = { kinds: new Set(), text: "", span: null };

/** Folding for the quick filter only; the node's search folds properly across scripts. */
export function fold(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/[\p{Mn}ـ]/gu, "")
    .replace(/[أإآٱ]/g, "ا")
    .replace(/ى|ی/g, "ي")
    .replace(/ک/g, "ك")
    .replace(/ة/g, "ه")
    .replace(/[ıİ]/g, "i")
    .toLowerCase();
}

const written = (text: Text | undefined): string => (text ? Object.values(text).join(" ") : "");

export function matches(item: ItemBrief, filter: Filter, found: ReadonlySet<string> | null) {
  if (filter.kinds.size > 0 && !filter.kinds.has(item.kind)) return false;
  if (filter.span !== null) {
    const at = Date.parse(item.at);
    if (at < filter.span.from || at > filter.span.to) return false;
  }
  if (filter.text.trim() === "" || found?.has(item.item)) return true;
  const folded = fold(`${written(item.title)} ${written(item.place?.name)} ${item.category ?? ""}`);
  return fold(filter.text)
    .split(/\s+/)
    .every((word) => folded.includes(word));
}

export function select(
  items: Iterable<ItemBrief>,
  filter: Filter,
  found: ReadonlySet<string> | null = null,
): ItemBrief[] {
  const chosen: ItemBrief[] = [];
  for (const item of items) if (matches(item, filter, found)) chosen.push(item);
  return chosen.sort(newestFirst);
}

export type Bar = { from: number; to: number; count: number; flash: number };

export function spanOf(items: Iterable<ItemBrief>): Span | null {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const item of items) {
    const at = Date.parse(item.at);
    if (Number.isNaN(at)) continue;
    from = Math.min(from, at);
    to = Math.max(to, at);
  }
  if (from > to) return null;
  // One moment alone still needs a width to be drawn and brushed.
  return from === to ? { from: from - 1_800_000, to: to + 1_800_000 } : { from, to };
}

export function bars(items: Iterable<ItemBrief>, span: Span, count: number): Bar[] {
  const width = (span.to - span.from) / count;
  const all: Bar[] = Array.from({ length: count }, (_, n) => ({
    from: span.from + n * width,
    to: span.from + (n + 1) * width,
    count: 0,
    flash: 0,
  }));
  for (const item of items) {
    const at = Date.parse(item.at);
    if (at > span.to) continue;
    const bar = all[Math.min(count - 1, Math.floor((at - span.from) / width))];
    if (bar === undefined) continue;
    bar.count += 1;
    if (item.precedence === "FLASH") bar.flash += 1;
  }
  return all;
}
