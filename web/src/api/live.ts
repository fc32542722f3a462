// The live lane: what the node pushes to an open screen, and whether the lane is open.
import type { ItemBrief, ItemId, PartnerLine, State } from "./types.ts";

export type Lane = "open" | "reconnecting";

export type LiveEvents = {
  item: (item: ItemBrief) => void;
  gone: (item: ItemId) => void;
  partners: (lines: PartnerLine[]) => void;
  releases: (open: number) => void;
  /** Too much changed at once, or the lane was broken: read the page again. */
  refresh: () => void;
  lane: (lane: Lane) => void;
};

const PAUSES_MS = [500, 1000, 2000, 4000, 8000];

/** Opens the lane and keeps it open; returns how to close it. */
export function openLane(state: State, on: LiveEvents): () => void {
  let source: EventSource | null = null;
  let closed = false;
  let failures = 0;
  let wasOpen = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const read = <A>(event: Event): A => JSON.parse((event as MessageEvent<string>).data) as A;

  const open = () => {
    if (closed) return;
    const lane = new EventSource(`/api/live?state=${encodeURIComponent(state)}`);
    source = lane;
    lane.addEventListener("open", () => {
      failures = 0;
      on.lane("open");
      // Whatever happened while the lane was down was not pushed: read again.
      if (wasOpen) on.refresh();
      wasOpen = true;
    });
    lane.addEventListener("item", (e) => on.item(read(e)));
    lane.addEventListener("gone", (e) => on.gone(read<{ item: ItemId }>(e).item));
    lane.addEventListener("partners", (e) => on.partners(read(e)));
    lane.addEventListener("releases", (e) => on.releases(read<{ open: number }>(e).open));
    lane.addEventListener("refresh", () => on.refresh());
    lane.addEventListener("error", () => {
      on.lane("reconnecting");
      // A browser gives up for good after an HTTP error; so the lane is always reopened here.
      lane.close();
      if (closed) return;
      const pause = PAUSES_MS[Math.min(failures, PAUSES_MS.length - 1)] ?? 8000;
      failures += 1;
      timer = setTimeout(open, pause);
    });
  };
  open();
  return () => {
    closed = true;
    if (timer !== undefined) clearTimeout(timer);
    source?.close();
  };
}
