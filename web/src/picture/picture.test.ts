// The picture in memory: what comes, what goes, what is shown of it.
import { describe, expect, it } from "vitest";
import type { ItemBrief } from "../api/types.ts";
import { highest } from "./order.ts";
import { apply, EMPTY, type Picture } from "./picture.ts";
import { bars, NO_FILTER, select, spanOf } from "./select.ts";

const item = (id: string, more: Partial<ItemBrief> = {}): ItemBrief => ({
  item: id,
  state: "exercise",
  kind: "report",
  title: { en: `Report ${id}` },
  at: `2026-03-0${id}T10:00:00Z`,
  received: "2026-03-09T10:00:00Z",
  originator: "JOR",
  tlp: "GREEN",
  precedence: "ROUTINE",
  disputed: false,
  ...more,
});
const read = (...items: ItemBrief[]): Picture => apply(EMPTY, { is: "read", items, more: false });
const ids = (items: ItemBrief[]): string => items.map((each) => each.item).join(" ");

describe("what comes and goes", () => {
  it("an item that arrives is shown and marked as fresh", () => {
    const picture = apply(read(item("1")), { is: "item", item: item("2"), at: 5 });
    expect([...picture.items.keys()]).toEqual(["1", "2"]);
    expect(picture.arrived.get("2")).toBe(5);
  });

  it("a newer account takes the place of the older one", () => {
    const newer = item("1", { title: { en: "Corrected" } });
    expect(
      apply(read(item("1")), { is: "item", item: newer, at: 1 }).items.get("1")?.title.en,
    ).toBe("Corrected");
  });

  it("what is recalled leaves no trace", () => {
    const fresh = apply(read(item("1")), { is: "item", item: item("2"), at: 1 });
    const picture = apply(fresh, { is: "gone", item: "2" });
    expect(picture.items.has("2")).toBe(false);
    expect(picture.arrived.has("2")).toBe(false);
    expect(JSON.stringify([...picture.items.values()])).not.toContain("Report 2");
  });

  it("remembers only the latest arrivals", () => {
    let picture = EMPTY;
    for (let n = 0; n < 80; n += 1)
      picture = apply(picture, { is: "item", item: item(String(n)), at: n });
    expect(picture.arrived.size).toBe(50);
    expect(picture.arrived.has("79")).toBe(true);
  });
});

describe("what is shown", () => {
  it("the newest first", () => {
    expect(ids(select([item("1"), item("3"), item("2")], NO_FILTER))).toBe("3 2 1");
  });

  it("by kind, by words in any spelling, by time", () => {
    const all = [
      item("1", { kind: "site" }),
      item("2", { title: { ar: "إحباط مخطّط" } }),
      item("3"),
    ];
    expect(ids(select(all, { ...NO_FILTER, kinds: new Set(["site"]) }))).toBe("1");
    expect(ids(select(all, { ...NO_FILTER, text: "احباط مخطط" }))).toBe("2");
    const span = {
      from: Date.parse("2026-03-03T00:00:00Z"),
      to: Date.parse("2026-03-04T00:00:00Z"),
    };
    expect(ids(select(all, { ...NO_FILTER, span }))).toBe("3");
  });

  it("what the node found counts even when the title says nothing", () => {
    expect(
      ids(select([item("1"), item("2")], { ...NO_FILTER, text: "wadi" }, new Set(["2"]))),
    ).toBe("2");
  });

  it("every item is in exactly one bar", () => {
    const all = [item("1"), item("2"), item("3", { precedence: "FLASH" })];
    const span = spanOf(all);
    if (span === null) throw new Error("no span");
    const drawn = bars(all, span, 7);
    expect(drawn.reduce((sum, bar) => sum + bar.count, 0)).toBe(3);
    expect(drawn.at(-1)?.flash).toBe(1);
  });

  it("one item alone has a span wide enough to draw", () => {
    const span = spanOf([item("1")]);
    expect(span && span.to > span.from).toBe(true);
  });

  it("the most guarded label leads, and an unknown one guards most", () => {
    expect(highest(["GREEN", "AMBER+STRICT", "AMBER"])).toBe("AMBER+STRICT");
    expect(highest(["UNKNOWN", "RED"])).toBe("UNKNOWN");
    expect(highest(["RED", "PURPLE" as never])).toBe("UNKNOWN");
    expect(highest([])).toBeNull();
  });
});
