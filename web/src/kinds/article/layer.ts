// How a kept article is drawn in lists; it has no place on the map.
import type { ItemBrief } from "../../api/types.ts";
import { glyphOf, type Mark } from "../../ui/mark.tsx";

export const mark = (_item: ItemBrief): Mark => ({
  frame: "plate",
  glyph: glyphOf("article"),
  tone: "quiet",
});

export const word = (_item: ItemBrief) => "kind.article";
