// The items beside the map: the same selection, walkable by keyboard, long lists drawn in part.
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useRef } from "react";
import type { ItemBrief } from "../../api/types.ts";
import { useWords } from "../../i18n/provide.tsx";
import { markOf, wordOf } from "../../kinds/all.ts";
import { MarkSign } from "../../ui/mark.tsx";
import { usePartnerName } from "../../ui/room.tsx";
import { Age, Chip, PrecedenceSign, Said, TlpSign, Written } from "../../ui/signs.tsx";

const ROW_PX = 86;
const FRESH_MS = 30_000;

function Row({ item }: { item: ItemBrief }) {
  const { t, perhaps } = useWords();
  const name = usePartnerName();
  return (
    <>
      <MarkSign mark={markOf(item)} />
      <span className="item-row-text">
        <span className="item-row-line">
          <span className="item-row-what">
            {perhaps(wordOf(item)) ?? item.kind}
            {item.status && ` · ${perhaps(`status.${item.status}`) ?? item.status}`}
            {item.place && (
              <>
                {" · "}
                <Said text={item.place.name} />
              </>
            )}
          </span>
          <Age iso={item.at} />
        </span>
        <span className="item-row-title">
          <Said text={item.title} />
        </span>
        <span className="item-row-line">
          <span className="item-row-signs">
            <TlpSign tlp={item.tlp} />
            {item.precedence !== "ROUTINE" && <PrecedenceSign precedence={item.precedence} />}
            {item.stale && <Chip tone="dashed">{t("map.stale")}</Chip>}
            {item.disputed && <Chip tone="warn">{t("map.disputed")}</Chip>}
          </span>
          <Written text={name(item.originator)} />
        </span>
      </span>
    </>
  );
}

export function ItemList(props: {
  items: ItemBrief[];
  chosen: string | null;
  arrived: ReadonlyMap<string, number>;
  onChoose: (item: string) => void;
}) {
  const { t, direction } = useWords();
  const scroller = useRef<HTMLDivElement>(null);
  const { items, chosen, onChoose } = props;
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (n) => items[n]?.item ?? n,
    overscan: 8,
  });
  const at = items.findIndex((each) => each.item === chosen);

  // Only a new choice scrolls; arrivals above it must not.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    if (at >= 0) rows.scrollToIndex(at, { align: "auto" });
  }, [chosen]);

  const walk = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 6, PageUp: -6 }[event.key];
    const to =
      event.key === "Home"
        ? 0
        : event.key === "End"
          ? items.length - 1
          : step === undefined
            ? undefined
            : Math.max(0, Math.min(items.length - 1, at + step));
    const item = to === undefined ? undefined : items[to];
    if (item === undefined) return;
    event.preventDefault();
    onChoose(item.item);
  };

  return (
    <div
      ref={scroller}
      className="item-list"
      role="listbox"
      tabIndex={0}
      dir={direction}
      aria-label={t("map.list")}
      aria-activedescendant={at >= 0 ? `row-${chosen}` : undefined}
      onKeyDown={walk}
    >
      <div className="item-list-all" role="presentation" style={{ blockSize: rows.getTotalSize() }}>
        {rows.getVirtualItems().map((row) => {
          const item = items[row.index];
          if (item === undefined) return null;
          const came = props.arrived.get(item.item);
          return (
            // biome-ignore lint/a11y/useFocusableInteractive: the list itself holds the focus
            // biome-ignore lint/a11y/useKeyWithClickEvents: the list itself hears the keys
            <div
              key={row.key}
              id={`row-${item.item}`}
              className="item-row"
              role="option"
              aria-selected={item.item === chosen}
              aria-setsize={items.length}
              aria-posinset={row.index + 1}
              data-item={item.item}
              data-fresh={(came !== undefined && Date.now() - came < FRESH_MS) || undefined}
              data-index={row.index}
              ref={rows.measureElement}
              style={{ transform: `translateY(${row.start}px)` }}
              onClick={() => onChoose(item.item)}
            >
              <Row item={item} />
            </div>
          );
        })}
      </div>
    </div>
  );
}
