// How labels and precedences compare for showing. Nothing is decided here: the node decides.
import type { ItemBrief, Precedence, Tlp } from "../api/types.ts";

const TLPS: Tlp[] = ["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED", "UNKNOWN"];
const PRECEDENCES: Precedence[] = ["ROUTINE", "PRIORITY", "IMMEDIATE", "FLASH"];

/** The most guarded of the labels on a screen; a word we do not know counts as UNKNOWN, which guards most. */
export function highest(tlps: Iterable<Tlp>): Tlp | null {
  let found = -1;
  for (const tlp of tlps) {
    const at = TLPS.indexOf(tlp);
    found = Math.max(found, at === -1 ? TLPS.length - 1 : at);
  }
  return TLPS[found] ?? null;
}

export const urgency = (precedence: Precedence): number => PRECEDENCES.indexOf(precedence);

/** Newest first; the same moment is ordered by id so that two screens agree. */
export function newestFirst(a: ItemBrief, b: ItemBrief): number {
  if (a.at !== b.at) return a.at < b.at ? 1 : -1;
  return a.item < b.item ? -1 : 1;
}
