// The same characters are made visible here as at the node.

import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { Catalogue } from "./languages.ts";
import { speak } from "./say.ts";
import { choose, plain } from "./text.ts";
import { visible } from "./visible.ts";

type Vectors = { invisible: [string, string][]; texts: { text: string; readable: string }[] };
const path = new URL("../../../conformance/names/readable.json", import.meta.url);
const vectors = JSON.parse(readFileSync(path, "utf8")) as Vectors;

it("attack_117: what cannot be seen is the same here and at the node", () => {
  const runs = vectors.invisible.map((run) => run.map((code) => Number.parseInt(code, 16)));
  const listed = (code: number) =>
    runs.some(([first = 0, last = 0]) => first <= code && code <= last);
  const missed = [];
  for (let code = 0; code <= 0xe01ff; code++) {
    const one = String.fromCodePoint(code);
    const marked = visible(one) !== one;
    if (marked !== (listed(code) || "⟦⟧".includes(one))) missed.push(code.toString(16));
  }
  expect(missed).toEqual([]);
});

it("attack_117: every text is shown as the node shows it", () => {
  for (const { text, readable } of vectors.texts) expect(visible(text)).toBe(readable);
});

it("attack_117: a text of a record is chosen with nothing in it unseen", () => {
  expect(choose({ en: "Ali\u202ehcaB" }, "en")?.text).toBe("Ali⟦202E⟧hcaB");
});

it("attack_117: a name in a sentence is marked once", () => {
  const words = speak("en", { "queue.returned": "to {person}" } as unknown as Catalogue);
  const name = plain({ en: "Ali\u202ehcaB" }, "en");
  expect(words.t("queue.returned", { person: name })).toBe("to \u2068Ali⟦202E⟧hcaB\u2069");
  expect(words.list([name])).toBe("\u2068Ali⟦202E⟧hcaB\u2069");
});
