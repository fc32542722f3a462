// Brings the map library when it is first needed, and sets it up once.
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import { basemapFonts } from "./basemap.ts";
import { trustWorker } from "./trusted.ts";

export type MapLibrary = typeof import("maplibre-gl");

let bringing: Promise<MapLibrary> | undefined;

async function bring(): Promise<MapLibrary> {
  const [library, { Protocol }] = await Promise.all([import("maplibre-gl"), import("pmtiles")]);
  // Without the worker's address a built page shows an empty map and says nothing.
  library.setWorkerUrl(workerUrl);
  trustWorker(workerUrl);
  library.addProtocol("pmtiles", new Protocol().tile);
  await basemapFonts();
  return library;
}

export function openMapLibrary(): Promise<MapLibrary> {
  bringing ??= bring();
  return bringing;
}
