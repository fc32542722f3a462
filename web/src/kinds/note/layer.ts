// How a note is drawn in lists; it stands on the item it is about.
import type { ItemBrief } from "../../api/types.ts";
import { glyphOf, type Mark } from "../../ui/mark.tsx";

export const mark = (_item: ItemBrief): Mark => ({
  frame: "plate",
  glyph: glyphOf("note"),
  tone: "quiet",
});

export const word = (item: ItemBrief) => item.category && `sort.${item.category}`;
