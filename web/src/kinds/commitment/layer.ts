// How a commitment is drawn in lists; it has no place on the map.
import type { ItemBrief } from "../../api/types.ts";
import { glyphOf, type Mark } from "../../ui/mark.tsx";

export const mark = (item: ItemBrief): Mark => ({
  frame: "plate",
  glyph: glyphOf("commitment"),
  tone: item.category === "late" ? "hostile" : item.category === "met" ? "police" : "pact",
});

export const word = (item: ItemBrief) => item.category && `commitment.${item.category}`;
