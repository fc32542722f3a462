// How a meeting is drawn: a hexagon, like the table.
import type { ItemBrief } from "../../api/types.ts";
import { glyphOf, type Mark } from "../../ui/mark.tsx";

export const mark = (_item: ItemBrief): Mark => ({
  frame: "hexagon",
  glyph: glyphOf("meeting"),
  tone: "pact",
});

export const word = (_item: ItemBrief) => "kind.meeting";
