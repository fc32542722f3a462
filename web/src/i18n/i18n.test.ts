// Every language says everything, with the same values in it, and dates are UTC and say so.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Catalogue, type Code, english, languages, type Plural } from "./languages.ts";
import { speak } from "./say.ts";
import { choose, guess } from "./text.ts";

const read = (code: Code): Catalogue =>
  JSON.parse(
    readFileSync(join(import.meta.dirname, "../../../locales", `${code}.json`), "utf8"),
  ) as Catalogue;
const forms = (entry: string | Plural): string[] =>
  typeof entry === "string" ? [entry] : Object.values(entry);
const holes = (text: string): string => [...text.matchAll(/\{\w+\}/g)].map(String).sort().join();
const NEVER = [
  "CLEAR",
  "GREEN",
  "AMBER",
  "RED",
  "ROUTINE",
  "PRIORITY",
  "IMMEDIATE",
  "FLASH",
  "ORCON",
];

describe.each(languages.map((each) => each.code))("%s", (code) => {
  const catalogue = read(code);

  it("has every key and no other", () => {
    expect(Object.keys(catalogue).sort()).toEqual(Object.keys(english).sort());
  });

  it("keeps the values of each sentence", () => {
    const changed = Object.entries(english).filter(([key, entry]) => {
      const wanted = holes(typeof entry === "string" ? entry : entry.other);
      const given = catalogue[key as keyof Catalogue];
      // A plural form may say its number in a word ("two days"), so only the general form counts.
      return holes(typeof given === "string" ? given : given.other) !== wanted;
    });
    expect(changed.map(([key]) => key)).toEqual([]);
  });

  it("never translates the words of TLP and precedence", () => {
    const lost = Object.entries(english).flatMap(([key, entry]) => {
      const text = forms(entry).join(" ");
      const said = forms(catalogue[key as keyof Catalogue]).join(" ");
      return NEVER.filter(
        (word) => new RegExp(`\\b${word}\\b`).test(text) && !said.includes(word),
      ).map((word) => `${key}: ${word}`);
    });
    expect(lost).toEqual([]);
  });

  it("shows moments in UTC and says so", () => {
    expect(speak(code, catalogue).moment("2026-03-09T23:30:00Z")).toContain("UTC");
  });
});

it("isolates names inside sentences, and lists name by name", () => {
  const words = speak("ar", read("ar"));
  const said = words.t("release.goes", { partners: words.list(["بغداد", "Ankara"]) });
  expect(said).toContain("\u2068بغداد\u2069، \u2068Ankara\u2069");
  expect(said).not.toContain("\u2068\u2068");
});

it("guesses the language of what is typed", () => {
  expect(guess("Drone with a package", "en")).toBe("en");
  expect(guess("طائرة مسيّرة تحمل طردًا", "en")).toBe("ar");
  expect(guess("ئۆتۆمبێلێک لە نزیک سنوور", "en")).toBe("ckb");
  expect(guess("Sınıra yakın iki kişi görüldü", "en")).toBe("tr");
  expect(guess("Du kes li ber sînor hatin dîtin", "en")).toBe("ku");
  expect(guess("12", "ar")).toBe("ar");
});

it("takes the reader's language first and never shows nothing", () => {
  expect(choose({ en: "Mosul", ar: "الموصل" }, "ar")?.text).toBe("الموصل");
  expect(choose({ ckb: "مووسڵ" }, "tr")?.text).toBe("مووسڵ");
  expect(choose({}, "en")).toBeUndefined();
});
