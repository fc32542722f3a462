// Every piece of a text is shown exactly once, whatever the claims.
import { expect, it } from "vitest";
import { paragraphs, pieces, toUnits } from "./marks.ts";

const TEXT = "Five states met in Amman.\n\nالتقت خمس دول في عمّان 😀 أمس";

it("cuts a text at the edges of claims and loses nothing", () => {
  const claims = [
    { start: 0, end: 11, name: "who" },
    { start: 5, end: 15, name: "met" },
    { start: 12, end: 15, name: "trigger" },
    { start: 90, end: 95, name: "beyond" },
    { start: 7, end: 7, name: "empty" },
  ];
  const all = pieces(TEXT, { start: 0, end: TEXT.length }, claims);
  expect(all.map((each) => each.text).join("")).toBe(TEXT);
  const named = all.map((each) => [each.text, each.claims.map((one) => one.name).join("+")]);
  expect(named.slice(0, 4)).toEqual([
    ["Five ", "who"],
    ["states", "who+met"],
    [" ", "met"],
    ["met", "met+trigger"],
  ]);
});

it("keeps a claim that runs over the edge inside its paragraph", () => {
  const [first, second] = paragraphs(TEXT);
  if (first === undefined || second === undefined) throw new Error("two paragraphs");
  const over = [{ start: 19, end: 33 }];
  expect(pieces(TEXT, first, over).map((each) => each.text)).toEqual([
    "Five states met in ",
    "Amman.",
  ]);
  expect(pieces(TEXT, second, over)[0]?.text).toBe("التقت ");
});

it("counts as the browser does behind a letter of two units", () => {
  const point = [...TEXT].indexOf("😀") + 2;
  const [claim] = toUnits(TEXT, [{ start: point, end: point + 3 }]);
  expect(TEXT.slice(claim?.start, claim?.end)).toBe("أمس");
});
