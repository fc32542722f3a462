// What the signs mean, folded away until asked for.

import type { Key } from "../../i18n/languages.ts";
import { useWords } from "../../i18n/provide.tsx";
import { glyphOf, type Mark, MarkSign } from "../../ui/mark.tsx";

const SIGNS: [Mark, Key][] = [
  [{ frame: "diamond", glyph: glyphOf("attack"), tone: "hostile" }, "map.legend.incident"],
  [{ frame: "circle", glyph: glyphOf("movement"), tone: "quiet" }, "map.legend.report"],
  [
    { frame: "square", glyph: glyphOf("crossing"), tone: "place", corner: "closed" },
    "map.legend.site",
  ],
  [{ frame: "hexagon", glyph: glyphOf("meeting"), tone: "pact" }, "map.legend.meeting"],
  [{ frame: "square", glyph: glyphOf("camp"), tone: "place", stale: true }, "map.legend.stale"],
  [
    { frame: "diamond", glyph: glyphOf("threat-warning"), tone: "hostile", flash: true },
    "map.legend.flash",
  ],
  [
    { frame: "circle", glyph: glyphOf("arrest"), tone: "police", disputed: true },
    "map.legend.disputed",
  ],
];

export function Legend() {
  const { t } = useWords();
  return (
    <details className="legend">
      <summary>{t("map.legend")}</summary>
      <ul>
        {SIGNS.map(([mark, key]) => (
          <li key={key}>
            <MarkSign mark={mark} size={26} /> {t(key)}
          </li>
        ))}
      </ul>
    </details>
  );
}
