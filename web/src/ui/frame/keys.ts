// Keyboard from anywhere: single keys and two-key sequences, silent while someone is typing.
import { useEffect, useRef } from "react";

export type Keys = Record<string, () => void>;
const PAUSE_MS = 1200;

type Pressed = { key: string; ctrlKey: boolean; metaKey: boolean };
const modified = (event: Pressed) => event.ctrlKey || event.metaKey;

/** Ctrl+Enter: sends, signs or hands in from wherever one is. */
export const isCtrlEnter = (event: Pressed) => event.key === "Enter" && modified(event);
/** Enter by itself: takes what a field offers. */
export const isPlainEnter = (event: Pressed) => event.key === "Enter" && !modified(event);

function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

/** "n" is one key, "g m" two in a row; letters are read by position so that any layout works. */
function keyOf(event: KeyboardEvent): string {
  if (event.key === "?" || (event.code === "Slash" && event.shiftKey)) return "?";
  if (event.key === "/" || event.code === "Slash") return "/";
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1];
  // An Arabic or Kurdish layout gives no Latin letter; the place of the key still does.
  return /^[a-z]$/i.test(event.key)
    ? event.key.toLowerCase()
    : (letter?.toLowerCase() ?? event.key);
}

export function useKeys(keys: Keys): void {
  const held = useRef(keys);
  held.current = keys;
  useEffect(() => {
    let first: { key: string; at: number } | null = null;
    const heard = (event: KeyboardEvent) => {
      if (modified(event) || event.altKey || typing(event.target)) return;
      if (document.querySelector("[role=dialog][aria-modal=true]")) return;
      const key = keyOf(event);
      const second = first !== null && event.timeStamp - first.at < PAUSE_MS;
      const both = second ? `${first?.key} ${key}` : key;
      // A letter after "g" goes somewhere, here or for another listener; it never acts by itself.
      const alone = second && first?.key === "g" ? undefined : held.current[key];
      const act = held.current[both] ?? alone;
      first = { key, at: event.timeStamp };
      if (act === undefined) return;
      event.preventDefault();
      first = null;
      act();
    };
    document.addEventListener("keydown", heard);
    return () => document.removeEventListener("keydown", heard);
  }, []);
}
