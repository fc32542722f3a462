// The one picture of this screen, watched by whoever shows it.
import { apply, type Change, EMPTY, type Picture } from "./picture.ts";

let now: Picture = EMPTY;
const listeners = new Set<() => void>();

export const picture = {
  get: (): Picture => now,
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  change: (change: Change): void => {
    now = apply(now, change);
    for (const each of listeners) each();
  },
};
