// When things happened, as bars; dragging over them, or the two handles, choose a span of time.
import { type KeyboardEvent, type PointerEvent, useMemo, useRef, useState } from "react";
import type { ItemBrief } from "../../api/types.ts";
import { useWords } from "../../i18n/provide.tsx";
import { type Bar, bars, type Span, spanOf } from "../../picture/select.ts";

const BARS = 72;
const percent = (part: number) => `${(part * 100).toFixed(3)}%`;

type Drag = { from: number; to: number };

function useBrush(whole: Span, rtl: boolean, onChange: (span: Span | null) => void) {
  const track = useRef<HTMLDivElement>(null);
  const [drag, setDrag] = useState<Drag | null>(null);
  const partAt = (event: PointerEvent): number => {
    const box = track.current?.getBoundingClientRect();
    if (!box || box.width === 0) return 0;
    const part = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
    return rtl ? 1 - part : part;
  };
  const moment = (part: number) => whole.from + part * (whole.to - whole.from);
  return {
    track,
    drag,
    down: (event: PointerEvent) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      const at = partAt(event);
      setDrag({ from: at, to: at });
    },
    move: (event: PointerEvent) => {
      if (drag !== null) setDrag({ ...drag, to: partAt(event) });
    },
    up: () => {
      if (drag === null) return;
      const from = Math.min(drag.from, drag.to);
      const to = Math.max(drag.from, drag.to);
      setDrag(null);
      // A mere click clears; it is no span.
      onChange(to - from < 0.008 ? null : { from: moment(from), to: moment(to) });
    },
  };
}

function Handle(props: {
  label: string;
  value: number;
  whole: Span;
  min: number;
  max: number;
  text: string;
  onChange: (value: number) => void;
}) {
  const { direction } = useWords();
  const { whole, value } = props;
  const width = whole.to - whole.from;
  const heard = (event: KeyboardEvent) => {
    const forward = direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const back = direction === "rtl" ? "ArrowRight" : "ArrowLeft";
    const step = event.shiftKey ? width / 10 : width / BARS;
    const to =
      event.key === forward || event.key === "ArrowUp"
        ? value + step
        : event.key === back || event.key === "ArrowDown"
          ? value - step
          : event.key === "Home"
            ? props.min
            : event.key === "End"
              ? props.max
              : null;
    if (to === null) return;
    event.preventDefault();
    props.onChange(Math.min(props.max, Math.max(props.min, to)));
  };
  return (
    <div
      className="timeline-handle"
      role="slider"
      tabIndex={0}
      aria-label={props.label}
      aria-valuemin={whole.from}
      aria-valuemax={whole.to}
      aria-valuenow={value}
      aria-valuetext={props.text}
      style={{ insetInlineStart: percent((value - whole.from) / width) }}
      onKeyDown={heard}
    />
  );
}

export function Timeline(props: {
  items: ItemBrief[];
  shown: ItemBrief[];
  chosen: ItemBrief | undefined;
  span: Span | null;
  onChange: (span: Span | null) => void;
}) {
  const words = useWords();
  const { t } = words;
  // Old and new reports on one axis leave a few bars for each; a chosen span can fill the width.
  const [near, setNear] = useState<Span | null>(null);
  const whole = useMemo(
    () => near ?? spanOf(props.items) ?? { from: 0, to: 1 },
    [near, props.items],
  );
  const all = useMemo(() => bars(props.items, whole, BARS), [props.items, whole]);
  const lit = useMemo(() => bars(props.shown, whole, BARS), [props.shown, whole]);
  const rtl = words.direction === "rtl";
  const brush = useBrush(whole, rtl, props.onChange);
  const highest = Math.max(1, ...all.map((bar) => bar.count));
  const width = whole.to - whole.from;
  const part = (at: number) => Math.min(1, Math.max(0, (at - whole.from) / width));
  const span = props.span;
  const drawn = brush.drag
    ? {
        from: Math.min(brush.drag.from, brush.drag.to),
        to: Math.max(brush.drag.from, brush.drag.to),
      }
    : span && { from: part(span.from), to: part(span.to) };
  const text = (at: number) => words.moment(new Date(at).toISOString());
  const ends = span ?? whole;

  return (
    <section
      className="timeline"
      aria-label={t("map.timeline")}
      data-empty={props.items.length === 0 || undefined}
    >
      <div className="timeline-words">
        <span>{text(whole.from)}</span>
        <span className="timeline-span">
          {span ? (
            <>
              {t("map.span", { from: text(span.from), to: text(span.to) })}{" "}
              {span !== near && (
                <button type="button" className="plain" onClick={() => setNear(span)}>
                  {t("map.nearer")}
                </button>
              )}{" "}
              <button
                type="button"
                className="plain"
                onClick={() => {
                  setNear(null);
                  props.onChange(null);
                }}
              >
                {t("map.whole")}
              </button>
            </>
          ) : near ? (
            <button type="button" className="plain" onClick={() => setNear(null)}>
              {t("map.whole")}
            </button>
          ) : (
            <span className="timeline-about">{t("map.timeline.about")}</span>
          )}
        </span>
        <span>{text(whole.to)}</span>
      </div>
      <div
        ref={brush.track}
        className="timeline-track"
        onPointerDown={brush.down}
        onPointerMove={brush.move}
        onPointerUp={brush.up}
        onPointerCancel={brush.up}
      >
        {all.map((bar: Bar, n) => (
          <span
            key={bar.from}
            className="timeline-bar"
            data-flash={bar.flash > 0 || undefined}
            style={{ blockSize: percent(bar.count / highest) }}
          >
            <span
              style={{ blockSize: percent(bar.count === 0 ? 0 : (lit[n]?.count ?? 0) / bar.count) }}
            />
          </span>
        ))}
        {drawn && (
          <span
            className="timeline-brush"
            style={{
              insetInlineStart: percent(drawn.from),
              inlineSize: percent(drawn.to - drawn.from),
            }}
          />
        )}
        {props.chosen && (
          <span
            className="timeline-now"
            style={{ insetInlineStart: percent(part(Date.parse(props.chosen.at))) }}
          />
        )}
        <Handle
          label={t("map.span-from")}
          value={ends.from}
          whole={whole}
          min={whole.from}
          max={ends.to}
          text={text(ends.from)}
          onChange={(from) => props.onChange({ from, to: ends.to })}
        />
        <Handle
          label={t("map.span-to")}
          value={ends.to}
          whole={whole}
          min={ends.from}
          max={whole.to}
          text={text(ends.to)}
          onChange={(to) => props.onChange({ from: ends.from, to })}
        />
      </div>
    </section>
  );
}
