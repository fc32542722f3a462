// How talk is drawn in lists.
import type { ItemBrief } from "../../api/types.ts";
import { glyphOf, type Mark } from "../../ui/mark.tsx";

export const mark = (_item: ItemBrief): Mark => ({
  frame: "plate",
  glyph: glyphOf("statement"),
  tone: "quiet",
});

export const word = (_item: ItemBrief) => "kind.message";
