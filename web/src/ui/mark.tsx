// One sign per item, the same on the map, in the list and on its page.
// Shape says the kind, the drawing inside says the category, the corner says the state; colour only repeats it.
import type { SiteState } from "../api/types.ts";

export type Frame = "circle" | "diamond" | "square" | "hexagon" | "plate";
export type Tone = "hostile" | "police" | "traffic" | "people" | "quiet" | "place" | "pact";

export type Mark = {
  frame: Frame;
  glyph: string;
  tone: Tone;
  corner?: SiteState;
  stale?: boolean;
  flash?: boolean;
  disputed?: boolean;
};

export const FRAMES: Record<Frame, string> = {
  circle: "M14 3a11 11 0 1 0 0 22 11 11 0 0 0 0-22Z",
  diamond: "M14 1.500 26.500 14 14 26.500 1.500 14Z",
  square: "M5 4h18a1 1 0 0 1 1 1v18a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1Z",
  hexagon: "M14 2 24.500 8v12L14 26 3.500 20V8Z",
  plate: "M4 6h20v16H4Z",
};

// Drawn in a 28 by 28 field.
export const GLYPHS: Record<string, string> = {
  attack: "M14 8v12M8 14h12M9.800 9.800l8.400 8.400M18.200 9.800l-8.400 8.400",
  "thwarted-plot": "M14 7.500 19 9.500v4c0 3.500-2 5.700-5 7-3-1.300-5-3.500-5-7v-4Z",
  arrest: "M11 17a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM17 17a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z",
  "threat-warning": "M14 8v7.500M14 19v.6",
  "armed-clash": "M9 9l10 10M19 9 9 19",
  "smuggling-attempt": "M8.500 11h11v8.500h-11ZM8.500 11l2-2.500h7l2 2.500M14 11v8.500",
  "border-incident": "M9.500 9v10.500M14 9v10.500M18.500 9v10.500M7.500 12h13M7.500 16.500h13",
  movement: "M8 14h11.500M15.500 10l4 4-4 4",
  violation: "M14 19.500a5.500 5.500 0 1 0 0-11 5.500 5.500 0 0 0 0 11ZM10.200 17.800l7.600-7.600",
  displacement:
    "M14 11.500a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM9.500 20.500c0-4 1.700-6 4.500-6s4.500 2 4.500 6",
  incitement: "M8.500 12.500v3l8.500 4v-11Z M19.500 12v4",
  statement: "M9 10h10M9 14h10M9 18h6",
  crossing: "M8.500 20v-9.500M8.500 12.500 20 9.500M19.500 20v-4",
  "detention-site": "M8.500 8.500h11v11h-11ZM12.200 8.500v11M15.800 8.500v11",
  camp: "M7.500 20 14 8.500 20.500 20ZM14 15v5",
  "reception-centre": "M8 14.500 14 9l6 5.500M9.800 13v7h8.400v-7",
  "settlement-centre": "M9.500 8h9v12h-9ZM11.800 14l1.800 1.800 3-3.600",
  substation: "M15 7l-4.500 7.500h3L12.500 21l5-8h-3Z",
  pipeline: "M7.500 12h13M7.500 16.500h13M10.500 10v8.500M17.500 10v8.500",
  checkpoint: "M8.500 9h11M14 9v11M10.500 20h7",
  meeting: "M10 18.500c0-2.500 1.600-4 4-4s4 1.500 4 4M14 12.500a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z",
  commitment: "M9.500 14.300l3 3 6-7",
  article:
    "M8.500 8.500h9v11h-9ZM17.500 11.500h2.500v6a2 2 0 0 1-2 2M10.500 11.500h5M10.500 14h5M10.500 16.500h3",
  note: "M9 9.500h10v7h-5.500L11 19v-2.500H9Z",
  newer: "M11.500 11.500a2.600 2.600 0 1 1 3.600 2.600c-.7.400-1.100.9-1.100 1.900M14 19v.4",
};

export const glyphOf = (name: string | null | undefined): string =>
  GLYPHS[name ?? "newer"] ?? GLYPHS.newer ?? "";

const CORNERS: Record<SiteState, string> = {
  open: "M23 19.500a3.500 3.500 0 1 0 0 7 3.500 3.500 0 0 0 0-7Z",
  restricted: "M23 19.500a3.500 3.500 0 1 0 0 7ZM23 19.500a3.500 3.500 0 0 1 0 7",
  closed: "M20.300 20.300l5.400 5.400M25.700 20.300l-5.400 5.400",
  unknown: "M21.500 21.800a1.600 1.600 0 1 1 2.200 1.600c-.5.200-.7.500-.7 1.100M23 26.400v.2",
};
export const cornerOf = (state: SiteState): string => CORNERS[state];

/** A state this screen cannot draw is drawn as unknown. */
export const siteState = (status: string | null | undefined): SiteState =>
  status && Object.hasOwn(CORNERS, status) ? (status as SiteState) : "unknown";

export function MarkSign({ mark, size = 30 }: { mark: Mark; size?: number }) {
  return (
    <svg
      className="mark"
      data-tone={mark.tone}
      data-stale={mark.stale || undefined}
      data-flash={mark.flash || undefined}
      width={size}
      height={size}
      viewBox="-2 -2 32 32"
      aria-hidden="true"
      focusable="false"
    >
      {mark.flash && <path className="mark-ring" d={FRAMES[mark.frame]} />}
      <path className="mark-frame" d={FRAMES[mark.frame]} />
      <path className="mark-glyph" d={mark.glyph} />
      {mark.corner && (
        <>
          <circle className="mark-corner-field" cx="23" cy="23" r="6" />
          <path className="mark-corner" data-state={mark.corner} d={cornerOf(mark.corner)} />
        </>
      )}
      {mark.disputed && <path className="mark-disputed" d="M1 -1h10l-10 10Z" />}
    </svg>
  );
}
