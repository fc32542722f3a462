// The picture as map layers: what is drawn, in which order, from which features.
import type { FeatureCollection, Point } from "geojson";
import type { LayerSpecification } from "maplibre-gl";
import type { ItemBrief } from "../api/types.ts";
import type { Mark } from "../ui/mark.tsx";
import { nameOf } from "./draw.ts";

export const SOURCE = "picture";
export const CHOSEN = "chosen";

export type Drawn = { item: string; mark: string; rank: number };

export function features(
  items: ItemBrief[],
  markOf: (item: ItemBrief) => Mark,
): FeatureCollection<Point, Drawn> {
  return {
    type: "FeatureCollection",
    features: items.flatMap((item) => {
      if (!item.place) return [];
      return [
        {
          type: "Feature" as const,
          geometry: { type: "Point" as const, coordinates: [item.place.lon, item.place.lat] },
          properties: {
            item: item.item,
            mark: nameOf(markOf(item)),
            rank: item.precedence === "FLASH" ? 2 : item.kind === "report" ? 1 : 0,
          },
        },
      ];
    }),
  };
}

export function layers(dark: boolean): LayerSpecification[] {
  const ink = dark ? "#e5edf2" : "#13202a";
  const field = dark ? "#20303b" : "#ffffff";
  const accent = dark ? "#6cc3e0" : "#0b5873";
  return [
    {
      id: "chosen-ring",
      type: "circle",
      source: CHOSEN,
      paint: {
        "circle-radius": 23,
        "circle-color": accent,
        "circle-opacity": 0.22,
        "circle-stroke-color": accent,
        "circle-stroke-width": 3,
      },
    },
    {
      id: "crowd",
      type: "circle",
      source: SOURCE,
      filter: ["has", "point_count"],
      paint: {
        "circle-radius": ["step", ["get", "point_count"], 15, 10, 19, 50, 24],
        "circle-color": field,
        "circle-stroke-color": ["case", [">", ["get", "flash"], 0], "#e0182a", ink],
        "circle-stroke-width": ["case", [">", ["get", "flash"], 0], 4.5, 2],
      },
    },
    {
      id: "crowd-count",
      type: "symbol",
      source: SOURCE,
      filter: ["has", "point_count"],
      layout: {
        "text-field": [
          "concat",
          ["to-string", ["get", "point_count"]],
          ["case", [">", ["get", "flash"], 0], "!", ""],
        ],
        "text-font": ["Noto Sans SemiBold", "Noto Sans"],
        "text-size": 13,
        "text-allow-overlap": true,
      },
      paint: { "text-color": ink },
    },
    {
      id: "items",
      type: "symbol",
      source: SOURCE,
      filter: ["!", ["has", "point_count"]],
      layout: {
        "icon-image": ["get", "mark"],
        "icon-allow-overlap": true,
        "symbol-sort-key": ["get", "rank"],
      },
    },
  ];
}
