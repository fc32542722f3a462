// Turns a key and its values into a sentence, and numbers and moments into the reader's script.
import {
  type Catalogue,
  type Code,
  type Direction,
  directionOf,
  intlOf,
  type Key,
} from "./languages.ts";
import { visible } from "./visible.ts";

export type Values = Record<string, string | number>;

export type Words = {
  code: Code;
  direction: Direction;
  t: (key: Key, values?: Values) => string;
  /** For keys made of a code the node sent: undefined when there is no sentence for it. */
  perhaps: (key: string, values?: Values) => string | undefined;
  number: (value: number) => string;
  /** Day and time, always UTC and always said so. */
  moment: (iso: string) => string;
  day: (iso: string) => string;
  clock: (iso: string) => string;
  /** "4 min", "2 h", "3 d" since then. */
  age: (iso: string, now: number) => string;
  seconds: (value: number) => string;
  list: (parts: string[]) => string;
};

const LRI = "\u2066";
const RLI = "\u2067";
const FSI = "\u2068";
const PDI = "\u2069";

export function speak(code: Code, catalogue: Catalogue): Words {
  const tag = intlOf(code);
  const plural = new Intl.PluralRules(code === "ckb" || code === "ku" ? "en" : tag);
  const numbers = new Intl.NumberFormat(tag, { maximumFractionDigits: 3 });
  const date = new Intl.DateTimeFormat(tag, {
    timeZone: "UTC",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  const time = new Intl.DateTimeFormat(tag, {
    timeZone: "UTC",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });

  const isolate = directionOf(code) === "rtl" ? RLI : LRI;

  const fill = (text: string, values: Values): string =>
    text.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = values[name];
      if (value === undefined) return whole;
      // Names of either direction must not turn the sentence around them.
      if (typeof value === "number") return numbers.format(value);
      // A list of names is isolated name by name; isolated again as a whole it would lose its order.
      return /^[\u2066-\u2068]/.test(value) ? value : `${FSI}${visible(value)}${PDI}`;
    });

  const perhaps = (key: string, values: Values = {}): string | undefined => {
    const entry = (catalogue as Record<string, Catalogue[Key] | undefined>)[key];
    if (entry === undefined) return undefined;
    if (typeof entry === "string") return fill(entry, values);
    const rule = typeof values.count === "number" ? plural.select(values.count) : "other";
    return fill(entry[rule] ?? entry.other, values);
  };
  const t = (key: Key, values?: Values): string => perhaps(key, values) ?? key;
  const valid = (iso: string): Date | undefined => {
    const at = new Date(iso);
    return Number.isNaN(at.getTime()) ? undefined : at;
  };
  const seconds = (value: number): string => {
    const whole = Math.max(0, Math.round(value));
    if (whole < 60) return t("age.seconds", { count: whole });
    if (whole < 3600) return t("age.minutes", { count: Math.floor(whole / 60) });
    if (whole < 48 * 3600) return t("age.hours", { count: Math.floor(whole / 3600) });
    return t("age.days", { count: Math.floor(whole / 86400) });
  };

  return {
    code,
    direction: directionOf(code),
    t,
    perhaps,
    number: (value) => numbers.format(value),
    day: (iso) => {
      const at = valid(iso);
      return at === undefined ? iso : date.format(at);
    },
    clock: (iso) => {
      const at = valid(iso);
      return at === undefined ? iso : `${time.format(at)} UTC`;
    },
    moment: (iso) => {
      const at = valid(iso);
      return at === undefined ? iso : `${isolate}${date.format(at)} ${time.format(at)} UTC${PDI}`;
    },
    age: (iso, now) => {
      const at = valid(iso);
      return at === undefined ? iso : seconds((now - at.getTime()) / 1000);
    },
    seconds,
    list: (parts) => {
      const isolated = parts.map((part) => `${FSI}${visible(part)}${PDI}`);
      return isolated.join(code === "ar" || code === "ckb" ? "، " : ", ");
    },
  };
}
