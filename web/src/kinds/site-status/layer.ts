// A status draws nothing of its own: it changes the corner of its site.
import type { ItemBrief } from "../../api/types.ts";
import { glyphOf, type Mark, siteState } from "../../ui/mark.tsx";

export const mark = (item: ItemBrief): Mark => ({
  frame: "plate",
  glyph: glyphOf(item.category),
  tone: "place",
  corner: siteState(item.status),
});

export const word = (item: ItemBrief) => item.status && `status.${item.status}`;
