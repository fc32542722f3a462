// The common picture: list, map and timeline with one selection, and beside them an item or a form.
import "./map.css";
import { useCallback, useDeferredValue, useEffect, useMemo, useState } from "react";
import { useSearch as useAddress, useLocation, useParams } from "wouter";
import { useWords } from "../../i18n/provide.tsx";
import { markOf } from "../../kinds/all.ts";
import { ItemSheet } from "../../kinds/item-sheet.tsx";
import { Write } from "../../kinds/write.tsx";
import { RoomMap } from "../../map/room-map.tsx";
import { highest } from "../../picture/order.ts";
import { type Filter, matches, NO_FILTER, select } from "../../picture/select.ts";
import { picture as store } from "../../picture/store.ts";
import { useShown } from "../../ui/shown.ts";
import { Empty, Waiting } from "../../ui/tell.tsx";
import { useStore } from "../../ui/use-store.ts";
import { Arrivals } from "./arrivals.tsx";
import { Filters } from "./filters.tsx";
import { Legend } from "./legend.tsx";
import { ItemList } from "./list.tsx";
import { Timeline } from "./timeline.tsx";
import { useSearch } from "./use-search.ts";

function useChosen(): [string | null, (item: string | null) => void] {
  const [, go] = useLocation();
  const chosen = new URLSearchParams(useAddress()).get("item");
  const choose = useCallback(
    (item: string | null) => go(item === null ? "/" : `/?item=${item}`, { replace: true }),
    [go],
  );
  return [chosen, choose];
}

export default function MapPage() {
  const { t } = useWords();
  const picture = useStore(store);
  const [filter, setFilter] = useState<Filter>(NO_FILTER);
  const [side, setSide] = useState<"list" | "map">("list");
  const [chosen, choose] = useChosen();
  const { kind } = useParams<{ kind?: string }>();
  const late = useDeferredValue(filter);
  const found = useSearch(filter.text);

  const all = useMemo(() => [...picture.items.values()], [picture.items]);
  const items = useMemo(() => select(all, late, found), [all, late, found]);
  // The timeline keeps the bars outside its own span, so that the span can be widened again.
  const untimed = useMemo(
    () => all.filter((item) => matches(item, { ...late, span: null }, found)),
    [all, late, found],
  );
  const present = useMemo(() => [...new Set(all.map((item) => item.kind))].sort(), [all]);
  const current = chosen === null ? undefined : picture.items.get(chosen);
  useShown(useMemo(() => highest(items.map((item) => item.tlp)), [items]));

  useEffect(() => {
    if (kind !== undefined) return;
    const heard = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented || chosen === null) return;
      if (document.querySelector("[role=dialog][aria-modal=true]")) return;
      choose(null);
    };
    document.addEventListener("keydown", heard);
    return () => document.removeEventListener("keydown", heard);
  }, [kind, chosen, choose]);

  const beside = kind !== undefined ? "write" : chosen !== null ? "item" : undefined;
  return (
    <div className="map-page" data-beside={beside} data-side={side}>
      <h1 className="hidden">{t("map.title")}</h1>
      <div className="map-side">
        <Filters
          filter={filter}
          onChange={setFilter}
          present={present}
          shown={items.length}
          all={all.length}
        />
        {!picture.read ? (
          <Waiting />
        ) : items.length === 0 ? (
          <Empty title={t(all.length === 0 ? "map.empty" : "map.none")}>
            {t(all.length === 0 ? "map.empty.about" : "map.none.about")}
          </Empty>
        ) : (
          <ItemList items={items} chosen={chosen} arrived={picture.arrived} onChoose={choose} />
        )}
        {picture.more && <p className="map-more small soft">{t("map.more")}</p>}
        <fieldset className="map-switch">
          <legend className="hidden">{t("map.title")}</legend>
          {(["list", "map"] as const).map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={side === each}
              onClick={() => setSide(each)}
            >
              {t(`map.show-${each}`)}
            </button>
          ))}
        </fieldset>
      </div>
      <div className="map-middle">
        <RoomMap items={items} chosen={current} markOf={markOf} onChoose={choose}>
          <Legend />
        </RoomMap>
        <Timeline
          items={untimed}
          shown={items}
          chosen={current}
          span={filter.span}
          onChange={(span) => setFilter({ ...filter, span })}
        />
      </div>
      {beside === "write" && (
        <aside className="map-beside">
          <Write />
        </aside>
      )}
      {beside === "item" && chosen !== null && (
        <aside className="map-beside" aria-label={t("page.item")}>
          <ItemSheet item={chosen} onClose={() => choose(null)} />
        </aside>
      )}
      <Arrivals picture={picture} />
    </div>
  );
}
