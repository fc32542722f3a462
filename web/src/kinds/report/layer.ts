// How a report is drawn: a diamond for hostile acts and threats, a circle for everything else.
import type { ItemBrief } from "../../api/types.ts";
import { glyphOf, type Mark, type Tone } from "../../ui/mark.tsx";

const TONES: Record<string, Tone> = {
  attack: "hostile",
  "armed-clash": "hostile",
  "threat-warning": "hostile",
  "thwarted-plot": "police",
  arrest: "police",
  "smuggling-attempt": "traffic",
  "border-incident": "traffic",
  displacement: "people",
  violation: "people",
};

export function mark(item: ItemBrief): Mark {
  const tone = TONES[item.category ?? ""] ?? "quiet";
  return { frame: tone === "hostile" ? "diamond" : "circle", glyph: glyphOf(item.category), tone };
}

export const word = (item: ItemBrief) => item.category && `category.${item.category}`;
