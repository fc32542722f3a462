// The map of the room: shows the chosen items, answers clicks, and lends itself to forms that ask where.
import "maplibre-gl/dist/maplibre-gl.css";
import "./room-map.css";
import type { GeoJSONSource, MapMouseEvent } from "maplibre-gl";
import { type ReactNode, useEffect, useRef, useState } from "react";
import type { ItemBrief } from "../api/types.ts";
import { useWords } from "../i18n/provide.tsx";
import { pick } from "../ui/form/pick.ts";
import { Icon } from "../ui/icons.tsx";
import type { Mark } from "../ui/mark.tsx";
import { Said } from "../ui/signs.tsx";
import { useScheme } from "../ui/theme.tsx";
import { useStore } from "../ui/use-store.ts";
import { useMap } from "./use-map.ts";

type Hovered = { item: ItemBrief; x: number; y: number };

export type RoomMapProps = {
  items: ItemBrief[];
  chosen: ItemBrief | undefined;
  markOf: (item: ItemBrief) => Mark;
  onChoose: (item: string) => void;
  children?: ReactNode;
};

export function RoomMap(props: RoomMapProps) {
  const { t, code } = useWords();
  const { scheme } = useScheme();
  const element = useRef<HTMLDivElement>(null);
  const [hovered, setHovered] = useState<Hovered | null>(null);
  const picking = useStore(pick);
  const { items, chosen, markOf } = props;
  const { map, failed } = useMap(element, { items, chosen, markOf, code, scheme });
  const held = useRef(props);
  held.current = props;

  useEffect(() => pick.offer(), []);

  useEffect(() => {
    if (map === null) return;
    const at = (event: MapMouseEvent) =>
      map.getLayer("items")
        ? map.queryRenderedFeatures(event.point, { layers: ["items", "crowd"] })[0]
        : undefined;
    const clicked = async (event: MapMouseEvent) => {
      if (pick.get().asking) return pick.give({ lon: event.lngLat.lng, lat: event.lngLat.lat });
      const hit = at(event);
      if (hit === undefined) return;
      if (hit.layer.id === "items") return held.current.onChoose(String(hit.properties.item));
      const crowd = map.getSource<GeoJSONSource>("picture");
      const zoom = await crowd?.getClusterExpansionZoom(Number(hit.properties.cluster_id));
      map.easeTo({ center: event.lngLat, zoom: (zoom ?? map.getZoom()) + 0.4 });
    };
    const moved = (event: MapMouseEvent) => {
      const hit = at(event);
      const cursor = pick.get().asking ? "crosshair" : hit ? "pointer" : "";
      map.getCanvas().style.cursor = cursor;
      const item = held.current.items.find((each) => each.item === hit?.properties.item);
      setHovered(item ? { item, x: event.point.x, y: event.point.y } : null);
    };
    const left = () => setHovered(null);
    map.on("click", clicked);
    map.on("mousemove", moved);
    map.on("mouseout", left);
    map.on("movestart", left);
    // Stories wait for this instead of guessing how long drawing takes.
    map.on("idle", () => element.current?.setAttribute("data-idle", "true"));
    return () => {
      map.off("click", clicked);
      map.off("mousemove", moved);
      map.off("mouseout", left);
      map.off("movestart", left);
    };
  }, [map]);

  const place = chosen?.place;
  useEffect(() => {
    if (map === null || !place) return;
    const point: [number, number] = [place.lon, place.lat];
    if (!map.getBounds().contains(point)) map.easeTo({ center: point });
  }, [map, place]);

  return (
    <section className="room-map" aria-label={t("map.region")}>
      <div ref={element} className="room-map-canvas" data-picking={picking.asking || undefined} />
      {failed && <div className="room-map-note">{t("map.failed")}</div>}
      {picking.asking && (
        <div className="room-map-note" role="status">
          <Icon name="pin" size={18} /> {t("map.pick")}
        </div>
      )}
      {hovered && (
        <div
          className="room-map-card"
          style={{ left: hovered.x, top: hovered.y /* map pixels, the same in both directions */ }}
        >
          <Said text={hovered.item.title} />
        </div>
      )}
      <div className="room-map-zoom">
        <button type="button" aria-label={t("map.zoom-in")} onClick={() => map?.zoomIn()}>
          <Icon name="plus" size={18} />
        </button>
        <button type="button" aria-label={t("map.zoom-out")} onClick={() => map?.zoomOut()}>
          <svg width="18" height="18" viewBox="0 0 24 24" aria-hidden="true">
            <path d="M5 12h14" stroke="currentColor" strokeWidth="1.700" strokeLinecap="round" />
          </svg>
        </button>
      </div>
      <p className="room-map-credit">Natural Earth · GeoNames (CC BY 4.0) · {t("map.borders")}</p>
      {props.children}
    </section>
  );
}
