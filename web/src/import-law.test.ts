// The import law: ui, api, i18n <- picture <- map, kinds <- pages <- app.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, it } from "vitest";

const ROOT = import.meta.dirname;
const FLOORS = [["ui", "api", "i18n"], ["picture"], ["map", "kinds"], ["pages"], ["."]];

const files = readdirSync(ROOT, { recursive: true, encoding: "utf8" }).filter(
  (path) => /\.tsx?$/.test(path) && !path.endsWith(".test.ts"),
);
const folder = (path: string): string => (path.includes("/") ? (path.split("/")[0] ?? ".") : ".");
const floor = (path: string): number => FLOORS.findIndex((floor) => floor.includes(folder(path)));
/** kinds/report/form.tsx -> report; files beside the folders belong to no kind. */
const room = (path: string): string | undefined =>
  path.split("/").length > 2 ? path.split("/")[1] : undefined;

function imports(path: string): string[] {
  const text = readFileSync(join(ROOT, path), "utf8");
  const found = [...text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)].map(
    (hit) => hit[1] ?? "",
  );
  return found.map((to) => relative(ROOT, resolve(ROOT, dirname(path), to)));
}

it("every folder stands on a floor", () => {
  expect(files.filter((path) => floor(path) === -1)).toEqual([]);
});

it("imports go down only, and never sideways between kinds or between pages", () => {
  const broken = files.flatMap((from) =>
    imports(from)
      .filter((to) => !to.startsWith(".."))
      .filter((to) => {
        if (floor(to) > floor(from)) return true;
        const [one, other] = [folder(from), folder(to)];
        // The map is told how to draw; it does not know the kinds, nor they the map.
        if (floor(to) === floor(from) && floor(from) > 0 && one !== other) return true;
        if (one !== other || (one !== "kinds" && one !== "pages")) return false;
        const [mine, theirs] = [room(from), room(to)];
        return mine !== undefined && theirs !== undefined && mine !== theirs;
      })
      .map((to) => `${from} imports ${to}`),
  );
  expect(broken).toEqual([]);
});

it("no React in the picture", () => {
  const inPicture = files.filter((path) => folder(path) === "picture");
  expect(
    inPicture.filter((path) => /from "react/.test(readFileSync(join(ROOT, path), "utf8"))),
  ).toEqual([]);
});

it("attack_117: text of others goes through what makes it visible", () => {
  const raw = files.filter(
    (path) =>
      path !== "ui/signs.tsx" && /<bdi[^>]*dir="auto"/.test(readFileSync(join(ROOT, path), "utf8")),
  );
  expect(raw).toEqual([]);
});

it("no file of components grows past 320 lines", () => {
  const long = files
    .filter((path) => path.endsWith(".tsx"))
    .filter((path) => readFileSync(join(ROOT, path), "utf8").split("\n").length > 320);
  expect(long).toEqual([]);
});
