// A text with claims marked in place; it runs in its own direction, whatever the page does.
import "./marked-text.css";
import { type ReactNode, useMemo } from "react";
import { visible } from "../i18n/visible.ts";
import { paragraphs, pieces, type Stretch } from "./marks.ts";

/** What a mark looks like: the attributes its element carries. */
export type Look = {
  leads?: boolean | undefined;
  verdict?: string | undefined;
  current?: boolean | undefined;
  around?: boolean | undefined;
};

function part(line: Stretch, headline: Stretch | null | undefined, asides: Stretch[]) {
  const within = (one: Stretch) => one.start <= line.start && line.end <= one.end + 1;
  if (headline && within(headline)) return "headline";
  return asides.some(within) ? "aside" : undefined;
}

export function MarkedText<C extends Stretch>(props: {
  text: string;
  lang: string;
  claims: C[];
  headline?: Stretch | null | undefined;
  asides?: Stretch[];
  /** The looks of a piece that these claims cover. */
  look: (claims: C[]) => Look | undefined;
  onPoint?: (claims: C[]) => void;
}) {
  const { text, claims, headline, asides = [] } = props;
  const lines = useMemo(
    () =>
      paragraphs(text).map((line) => ({
        start: line.start,
        part: part(line, headline, asides),
        pieces: pieces(text, line, claims),
      })),
    [text, claims, headline, asides],
  );
  const shown = (piece: { start: number; text: string; claims: C[] }): ReactNode => {
    const look = piece.claims.length > 0 ? props.look(piece.claims) : undefined;
    if (look === undefined) return visible(piece.text);
    return (
      // biome-ignore lint/a11y/useKeyWithClickEvents: the page walks from claim to claim by keys
      <mark
        key={piece.start}
        data-click={props.onPoint ? true : undefined}
        data-leads={look.leads || undefined}
        data-verdict={look.verdict}
        data-current={look.current || undefined}
        data-around={look.around || undefined}
        onClick={() => props.onPoint?.(piece.claims)}
      >
        {visible(piece.text)}
      </mark>
    );
  };
  return (
    <div className="article-text" lang={props.lang === "und" ? undefined : props.lang} dir="auto">
      {lines.map((line) => (
        <p key={line.start} data-part={line.part} dir="auto">
          {line.pieces.map(shown)}
        </p>
      ))}
    </div>
  );
}
