// How a site is drawn: a square, with its state in the corner and a broken outline when stale.
import type { ItemBrief } from "../../api/types.ts";
import { glyphOf, type Mark, siteState } from "../../ui/mark.tsx";

export function mark(item: ItemBrief): Mark {
  return {
    frame: "square",
    glyph: glyphOf(item.category),
    tone: "place",
    corner: siteState(item.status),
    ...(item.stale ? { stale: true } : {}),
  };
}

export const word = (item: ItemBrief) => item.category && `class.${item.category}`;
