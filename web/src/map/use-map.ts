// One map in one element: made once, restyled with language and scheme, fed with items.
import type { GeoJSONSource, Map as MapOf } from "maplibre-gl";
import { type RefObject, useEffect, useRef, useState } from "react";
import type { ItemBrief } from "../api/types.ts";
import type { Code } from "../i18n/languages.ts";
import type { Mark } from "../ui/mark.tsx";
import type { Scheme } from "../ui/theme.tsx";
import { basemapStyle } from "./basemap.ts";
import { drawMark } from "./draw.ts";
import { CHOSEN, features, layers, SOURCE } from "./layers.ts";
import { openMapLibrary } from "./open.ts";

const HOME = { center: [39.6, 34.2] as [number, number], zoom: 5.1 };
const EMPTY = { type: "FeatureCollection" as const, features: [] };

export type Feed = {
  items: ItemBrief[];
  chosen: ItemBrief | undefined;
  markOf: (item: ItemBrief) => Mark;
  code: Code;
  scheme: Scheme;
};

function dress(map: MapOf, scheme: Scheme): void {
  if (map.getSource(SOURCE)) return;
  map.addSource(CHOSEN, { type: "geojson", data: EMPTY });
  map.addSource(SOURCE, {
    type: "geojson",
    data: EMPTY,
    cluster: true,
    clusterRadius: 22,
    clusterMaxZoom: 9,
    // A crowd that holds a FLASH item must not hide it.
    clusterProperties: { flash: ["+", ["case", ["==", ["get", "rank"], 2], 1, 0]] },
  });
  for (const layer of layers(scheme === "dark")) map.addLayer(layer);
}

function feed(map: MapOf, { items, chosen, markOf }: Feed): void {
  const picture = map.getSource<GeoJSONSource>(SOURCE);
  const ring = map.getSource<GeoJSONSource>(CHOSEN);
  if (!picture || !ring) return;
  picture.setData(features(items, markOf));
  ring.setData(features(chosen ? [chosen] : [], markOf));
}

async function make(element: HTMLElement, code: Code, scheme: Scheme): Promise<MapOf> {
  const library = await openMapLibrary();
  const map = new library.Map({
    container: element,
    style: basemapStyle(code, scheme),
    ...HOME,
    minZoom: 2,
    maxZoom: 15,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    renderWorldCopies: false,
  });
  map.touchZoomRotate.disableRotation();
  map.setMaxPitch(0);
  map.setMissingStyleImageResolver((name) => {
    const ratio = Math.max(2, Math.ceil(devicePixelRatio));
    const image = drawMark(name, ratio);
    if (image && !map.hasImage(name)) map.addImage(name, image, { pixelRatio: ratio });
  });
  return map;
}

export function useMap(element: RefObject<HTMLElement | null>, given: Feed) {
  const [map, setMap] = useState<MapOf | null>(null);
  const [failed, setFailed] = useState(false);
  const held = useRef(given);
  held.current = given;
  const dressed = useRef(`${given.code} ${given.scheme}`);

  useEffect(() => {
    const node = element.current;
    if (node === null) return;
    let made: MapOf | null = null;
    let stale = false;
    make(node, held.current.code, held.current.scheme).then(
      (fresh) => {
        made = fresh;
        if (stale) return fresh.remove();
        // A new style takes our layers with it, so they are put on after each one.
        fresh.on("style.load", () => {
          dress(fresh, held.current.scheme);
          feed(fresh, held.current);
        });
        setMap(fresh);
      },
      () => setFailed(true),
    );
    return () => {
      stale = true;
      made?.remove();
      setMap(null);
    };
  }, [element]);

  useEffect(() => {
    const wanted = `${given.code} ${given.scheme}`;
    if (map === null || dressed.current === wanted) return;
    dressed.current = wanted;
    map.setStyle(basemapStyle(given.code, given.scheme), { diff: false });
  }, [map, given.code, given.scheme]);

  const { items, chosen, markOf } = given;
  useEffect(() => {
    if (map !== null) feed(map, { ...held.current, items, chosen, markOf });
  }, [map, items, chosen, markOf]);

  return { map, failed };
}
