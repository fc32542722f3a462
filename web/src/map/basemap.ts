// The look of the offline base map: one style per language and colour scheme.
//
// What the page does once, before it makes a map:
//
//   import { addProtocol, setWorkerUrl } from 'maplibre-gl'
//   import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
//   import { Protocol } from 'pmtiles'
//   import '@fontsource/noto-sans/400.css'          // and 600.css
//   import '@fontsource/noto-sans-arabic/400.css'   // and 600.css
//
//   setWorkerUrl(workerUrl)                          // without it a built page shows an empty map
//   addProtocol('pmtiles', new Protocol().tile)
//   await basemapFonts()                             // else labels are drawn in a fallback face
//
// The file is served at /basemap.pmtiles, with Range requests. There is no `glyphs` address: labels
// are drawn with the web fonts named in `text-font`. MapLibre shapes Arabic by itself.
// Names fall back: Sorani to Arabic to English, Kurmanji to Turkish to English, others to English.

import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from "maplibre-gl";

export type MapLanguage = "en" | "ar" | "tr" | "ku" | "ckb";
export type MapScheme = "light" | "dark";

/** Layers of the picture that must lie under place names are added before this layer. */
export const FIRST_LABEL_LAYER = "water-label";

interface Palette {
  sea: string;
  land: string;
  coast: string;
  border: string;
  water: string;
  waterText: string;
  country: string;
  place: string;
  minor: string;
  halo: string;
  crossing: string;
  camp: string;
  works: string;
  closed: string;
}

const PALETTES: Record<MapScheme, Palette> = {
  light: {
    sea: "#d3dfe4",
    land: "#f5f3ee",
    coast: "#b3c4cb",
    border: "#a79b8f",
    water: "#b5cdd8",
    waterText: "#56798a",
    country: "#75695f",
    place: "#2e3336",
    minor: "#5c6468",
    halo: "#f9f8f4",
    crossing: "#1c5f86",
    camp: "#7a4f1d",
    works: "#5a5f35",
    closed: "#6b3f5b",
  },
  dark: {
    sea: "#0e171d",
    land: "#1b242a",
    coast: "#33444e",
    border: "#55636b",
    water: "#21485a",
    waterText: "#7fa9bc",
    country: "#93a1a9",
    place: "#dde3e6",
    minor: "#a3afb5",
    halo: "#12191e",
    crossing: "#79c0ea",
    camp: "#e0b06c",
    works: "#b9c07d",
    closed: "#d39cc0",
  },
};

const FALLBACK: Record<MapLanguage, MapLanguage[]> = {
  en: ["en"],
  ar: ["ar", "en"],
  tr: ["tr", "en"],
  ku: ["ku", "tr", "en"],
  ckb: ["ckb", "ar", "en"],
};

const FONT = ["Noto Sans", "Noto Sans Arabic"];
const SETTLEMENTS = ["capital", "city", "town", "village"];

// Shapes, not only colours, tell the sites apart. All four are in both Noto faces' fallback range
// and none is a letter, so they stand the same way in either direction of writing.
const SITE_SIGNS = {
  crossing: "◆",
  camp: "▲",
  closed: "■",
  works: "●",
} as const;

type SiteGroup = keyof typeof SITE_SIGNS;

const SITE_CLASSES: Record<SiteGroup, string[]> = {
  crossing: ["crossing"],
  camp: ["camp", "reception-centre", "settlement-centre"],
  closed: ["base", "detention-site"],
  works: ["dam", "substation", "power-station", "gas", "refinery", "oilfield", "port", "airport"],
};

// From which zoom on a group's sign and its name are shown.
const SITE_ZOOMS: Record<SiteGroup, { sign: number; name: number }> = {
  crossing: { sign: 5.6, name: 7.6 },
  camp: { sign: 6.2, name: 8 },
  closed: { sign: 7.2, name: 9 },
  works: { sign: 7.2, name: 9 },
};

/** Loads the faces the map writes with, so that the first labels are already right. */
export async function basemapFonts(): Promise<void> {
  const sample = "Diwan ديوان Şırnak ڕۆژ";
  await Promise.all(
    ["400", "600"].flatMap((weight) =>
      FONT.map((face) => document.fonts.load(`${weight} 16px "${face}"`, sample)),
    ),
  );
}

/**
 * Text as the map must get it. MapLibre joins Arabic letters by their old presentation forms, and
 * Sorani's ێ and ڵ have none: they would stand alone inside a word. Written as a plain letter and
 * a small v above they join. The base map's own names are made this way already; every other text
 * that a layer draws passes through here first. Never for text that is stored, sent or searched.
 */
export function mapText(text: string): string {
  return text.replaceAll("ێ", "ی\u065a").replaceAll("ڵ", "ل\u065a");
}

/** The expression that gives a feature's name in the reader's language. */
export function nameIn(language: MapLanguage): ExpressionSpecification {
  const names = FALLBACK[language].map((l): ExpressionSpecification => ["get", `name_${l}`]);
  return ["coalesce", ...names, ""] as unknown as ExpressionSpecification;
}

function ground(c: Palette): LayerSpecification[] {
  return [
    { id: "sea", type: "background", paint: { "background-color": c.sea } },
    {
      id: "land",
      type: "fill",
      source: "basemap",
      "source-layer": "land",
      paint: { "fill-color": c.land },
    },
    {
      id: "coast",
      type: "line",
      source: "basemap",
      "source-layer": "land",
      paint: {
        "line-color": c.coast,
        "line-width": ["interpolate", ["linear"], ["zoom"], 2, 0.4, 8, 1],
      },
    },
    {
      id: "lakes",
      type: "fill",
      source: "basemap",
      "source-layer": "waters",
      filter: ["==", ["geometry-type"], "Polygon"],
      paint: { "fill-color": c.water },
    },
    {
      id: "rivers",
      type: "line",
      source: "basemap",
      "source-layer": "waters",
      filter: ["==", ["geometry-type"], "LineString"],
      layout: { "line-cap": "round", "line-join": "round" },
      paint: {
        "line-color": c.water,
        "line-width": ["interpolate", ["linear"], ["zoom"], 4, 0.6, 7, 1.6, 10, 3],
      },
    },
    // A wide soft band under the thin line lets a border be followed over busy ground.
    {
      id: "border-band",
      type: "line",
      source: "basemap",
      "source-layer": "borders",
      layout: { "line-join": "round" },
      paint: {
        "line-color": c.border,
        "line-opacity": 0.18,
        "line-width": ["interpolate", ["linear"], ["zoom"], 3, 1.5, 6, 5, 10, 10],
      },
    },
    {
      id: "borders",
      type: "line",
      source: "basemap",
      "source-layer": "borders",
      layout: { "line-join": "round" },
      paint: {
        "line-color": c.border,
        "line-width": ["interpolate", ["linear"], ["zoom"], 2, 0.4, 6, 1, 10, 1.5],
      },
    },
  ];
}

function waterNames(c: Palette, name: ExpressionSpecification): LayerSpecification[] {
  return [
    {
      id: FIRST_LABEL_LAYER,
      type: "symbol",
      source: "basemap",
      "source-layer": "waters",
      filter: ["match", ["get", "class"], ["sea", "lake-label", "region"], true, false],
      minzoom: 3,
      layout: {
        "text-field": name,
        "text-font": FONT,
        "text-size": ["interpolate", ["linear"], ["zoom"], 3, 10, 8, 13],
        "text-max-width": 7,
      },
      paint: {
        "text-color": ["match", ["get", "class"], "region", c.country, c.waterText],
        "text-halo-color": ["match", ["get", "class"], "sea", c.sea, "region", c.land, c.water],
        "text-halo-width": 1,
        "text-opacity": 0.85,
      },
    },
    {
      id: "river-label",
      type: "symbol",
      source: "basemap",
      "source-layer": "waters",
      filter: ["==", ["geometry-type"], "LineString"],
      minzoom: 6,
      layout: {
        "symbol-placement": "line",
        "symbol-spacing": 420,
        "text-field": name,
        "text-font": FONT,
        "text-size": 11,
        "text-max-angle": 35,
      },
      paint: { "text-color": c.waterText, "text-halo-color": c.land, "text-halo-width": 1.2 },
    },
  ];
}

function siteLayers(
  group: SiteGroup,
  c: Palette,
  name: ExpressionSpecification,
): LayerSpecification[] {
  const zooms = SITE_ZOOMS[group];
  const colour = c[group];
  const common = {
    source: "basemap",
    "source-layer": "places",
    filter: ["in", ["get", "class"], ["literal", SITE_CLASSES[group]]] as ExpressionSpecification,
  };
  const paint = { "text-color": colour, "text-halo-color": c.halo, "text-halo-width": 1.4 };
  return [
    {
      id: `site-${group}`,
      type: "symbol",
      ...common,
      minzoom: zooms.sign,
      layout: {
        "text-field": SITE_SIGNS[group],
        "text-font": FONT,
        "text-size": ["interpolate", ["linear"], ["zoom"], 5, 7, 9, 12],
        "text-allow-overlap": true,
        "text-ignore-placement": true,
      },
      paint,
    },
    {
      id: `site-${group}-label`,
      type: "symbol",
      ...common,
      minzoom: zooms.name,
      layout: {
        "text-field": name,
        "text-font": FONT,
        "text-size": 11,
        "text-variable-anchor": ["top", "bottom", "left", "right"],
        "text-radial-offset": 0.8,
        "text-max-width": 9,
      },
      paint,
    },
  ];
}

// The zoom from which a place of this rank is named: capitals first, villages last.
const RANK_ZOOMS: [rank: number, zoom: number][] = [
  [1, 2],
  [2, 4],
  [3, 4.6],
  [4, 5.4],
  [5, 6.3],
  [6, 7.3],
  [7, 8.6],
];

function settlementFilter(): ExpressionSpecification {
  const stops = RANK_ZOOMS.slice(1).flatMap(([rank, zoom]) => [zoom, rank]);
  const shown = ["step", ["zoom"], 1, ...stops] as unknown as ExpressionSpecification;
  return [
    "all",
    ["in", ["get", "class"], ["literal", SETTLEMENTS]],
    ["<=", ["get", "rank"], shown],
  ];
}

function byRank(large: number, middle: number, small: number): ExpressionSpecification {
  return ["step", ["get", "rank"], large, 3, middle, 6, small];
}

function placeNames(
  id: string,
  filter: ExpressionSpecification,
  c: Palette,
  name: ExpressionSpecification,
): LayerSpecification {
  return {
    id,
    type: "symbol",
    source: "basemap",
    "source-layer": "places",
    filter,
    layout: {
      "text-field": name,
      "text-font": FONT,
      "text-size": [
        "interpolate",
        ["linear"],
        ["zoom"],
        3,
        byRank(11, 10, 9),
        9,
        byRank(16, 13.5, 11.5),
      ],
      "text-variable-anchor": ["bottom", "top", "right", "left"],
      "text-radial-offset": 0.45,
      "text-max-width": 8,
      "symbol-sort-key": ["get", "rank"],
    },
    paint: {
      "text-color": ["step", ["get", "rank"], c.place, 5, c.minor],
      "text-halo-color": c.halo,
      "text-halo-width": 1.5,
    },
  };
}

function settlements(c: Palette, name: ExpressionSpecification): LayerSpecification[] {
  return [
    {
      id: "place-dot",
      type: "circle",
      source: "basemap",
      "source-layer": "places",
      filter: settlementFilter(),
      paint: {
        "circle-color": ["match", ["get", "class"], "capital", c.halo, c.minor],
        "circle-stroke-color": ["match", ["get", "class"], "capital", c.place, c.halo],
        "circle-stroke-width": ["match", ["get", "class"], "capital", 1.6, 0.6],
        "circle-radius": [
          "interpolate",
          ["linear"],
          ["zoom"],
          3,
          byRank(1.8, 1.3, 1),
          9,
          byRank(4, 3, 2),
        ],
      },
    },
    placeNames(
      "place-label",
      ["all", settlementFilter(), ["!=", ["get", "class"], "capital"]],
      c,
      name,
    ),
  ];
}

function countryNames(
  c: Palette,
  name: ExpressionSpecification,
  language: MapLanguage,
): LayerSpecification {
  // Letters of Arabic script join: they are never spaced apart or turned into capitals.
  const joined = language === "ar" || language === "ckb";
  return {
    id: "country-label",
    type: "symbol",
    source: "basemap",
    "source-layer": "country_labels",
    minzoom: 2,
    maxzoom: 7.5,
    layout: {
      "text-field": name,
      "text-font": FONT,
      "text-size": ["interpolate", ["linear"], ["zoom"], 2, 10, 6, 17],
      "text-letter-spacing": joined ? 0 : 0.14,
      "text-max-width": 7,
      "text-variable-anchor": ["center", "bottom", "top", "left", "right"],
      "text-radial-offset": 0.9,
      "symbol-sort-key": ["get", "rank"],
    },
    paint: {
      "text-color": c.country,
      "text-halo-color": c.halo,
      "text-halo-width": 1.6,
      "text-opacity": 0.9,
    },
  };
}

/** The style of the base map in one language and one colour scheme. It loads nothing from elsewhere. */
export function basemapStyle(language: MapLanguage, scheme: MapScheme): StyleSpecification {
  const c = PALETTES[scheme];
  const name = nameIn(language);
  const groups = Object.keys(SITE_SIGNS) as SiteGroup[];
  return {
    version: 8,
    name: `Diwan ${scheme}`,
    center: [38.2, 34.4],
    zoom: 5.4,
    sources: {
      basemap: {
        type: "vector",
        url: "pmtiles:///basemap.pmtiles",
        attribution: "Natural Earth (de facto borders) · GeoNames CC BY 4.0 · Unicode CLDR",
      },
    },
    layers: [
      ...ground(c),
      ...waterNames(c, name),
      ...groups.flatMap((group) => siteLayers(group, c, name)),
      ...settlements(c, name),
      countryNames(c, name, language),
      // Of two names that compete for room the later layer wins: capitals stand before everything.
      placeNames("capital-label", ["==", ["get", "class"], "capital"], c, name),
    ],
  };
}
