// Pages say which labels they show; the banner, which no page builds, says it to the reader.
import { useEffect } from "react";
import type { Tlp } from "../api/types.ts";

let now: Tlp | null = null;
const listeners = new Set<() => void>();

export const shown = {
  get: (): Tlp | null => now,
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

function set(tlp: Tlp | null): void {
  if (tlp === now) return;
  now = tlp;
  for (const each of listeners) each();
}

export function useShown(tlp: Tlp | null): void {
  useEffect(() => {
    set(tlp);
    return () => set(null);
  }, [tlp]);
}
