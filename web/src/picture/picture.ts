// The items in memory: plain values, and the only functions that change them.
import type { Lane } from "../api/live.ts";
import type { ItemBrief, ItemId } from "../api/types.ts";

export type Picture = {
  items: ReadonlyMap<ItemId, ItemBrief>;
  /** When something came in live, so that the screen can point at it for a moment. */
  arrived: ReadonlyMap<ItemId, number>;
  lane: Lane | "closed";
  /** The last item that went, for the spoken notice. */
  gone: ItemId | null;
  /** More exists at the node than is held here. */
  more: boolean;
  read: boolean;
};

export const EMPTY: Picture = {
  items: new Map(),
  arrived: new Map(),
  lane: "closed",
  gone: null,
  more: false,
  read: false,
};

export type Change =
  | { is: "read"; items: ItemBrief[]; more: boolean }
  | { is: "item"; item: ItemBrief; at: number }
  | { is: "gone"; item: ItemId }
  | { is: "lane"; lane: Lane | "closed" }
  | { is: "forget" };

const ARRIVALS_MAX = 50;

function recent(arrived: ReadonlyMap<ItemId, number>, item: ItemId, at: number) {
  const next = new Map(arrived);
  next.delete(item);
  next.set(item, at);
  while (next.size > ARRIVALS_MAX) {
    const oldest = next.keys().next().value;
    if (oldest === undefined) break;
    next.delete(oldest);
  }
  return next;
}

export function apply(picture: Picture, change: Change): Picture {
  switch (change.is) {
    case "read":
      return {
        ...picture,
        items: new Map(change.items.map((each) => [each.item, each])),
        more: change.more,
        read: true,
      };
    case "item": {
      const items = new Map(picture.items);
      items.set(change.item.item, change.item);
      return {
        ...picture,
        items,
        arrived: recent(picture.arrived, change.item.item, change.at),
      };
    }
    case "gone": {
      if (!picture.items.has(change.item)) return { ...picture, gone: change.item };
      const items = new Map(picture.items);
      items.delete(change.item);
      const arrived = new Map(picture.arrived);
      arrived.delete(change.item);
      return { ...picture, items, arrived, gone: change.item };
    }
    case "lane":
      return { ...picture, lane: change.lane };
    case "forget":
      return EMPTY;
  }
}
