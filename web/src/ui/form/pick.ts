// A form asks for a click on the map; whichever map is on the screen answers.
export type Point = { lon: number; lat: number };

let asking: ((point: Point) => void) | null = null;
let maps = 0;
const listeners = new Set<() => void>();
let now: { asking: boolean; possible: boolean } = { asking: false, possible: false };

function tell(): void {
  now = { asking: asking !== null, possible: maps > 0 };
  for (const each of listeners) each();
}

export const pick = {
  get: () => now,
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  ask: (then: (point: Point) => void) => {
    asking = then;
    tell();
  },
  give: (point: Point) => {
    const then = asking;
    asking = null;
    tell();
    then?.(point);
  },
  cancel: () => {
    asking = null;
    tell();
  },
  /** A map says that it is there; the answer takes it away again. */
  offer: () => {
    maps += 1;
    tell();
    return () => {
      maps -= 1;
      if (maps === 0) asking = null;
      tell();
    };
  },
};
