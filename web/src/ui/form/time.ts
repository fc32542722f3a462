// What people type for a moment, read as UTC: a full date, only a clock time, or a step back from now.
const FULL = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T](\d{1,2}):?(\d{2}))?\s*(?:Z|UTC)?$/i;
const CLOCK = /^(\d{1,2}):?(\d{2})\s*(?:Z|UTC)?$/i;
const BACK = /^[-−](\d{1,3})\s*(m|min|h|d)?$/i;

const stamp = (at: Date): string => at.toISOString().replace(/\.\d+Z$/, "Z");

/** Arabic-Indic and Persian digits count like Latin ones. */
export const latinDigits = (text: string): string =>
  text
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x0660))
    .replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x06f0));

export function readTime(typed: string, now: Date): string | null {
  const text = latinDigits(typed).trim();
  if (text === "" || /^now$/i.test(text)) return stamp(now);
  const back = BACK.exec(text);
  if (back) {
    const unit = back[2]?.toLowerCase() ?? "min";
    const ms = unit.startsWith("m") ? 60_000 : unit === "h" ? 3_600_000 : 86_400_000;
    return stamp(new Date(now.getTime() - Number(back[1]) * ms));
  }
  const clock = CLOCK.exec(text);
  if (clock) {
    const at = new Date(now);
    at.setUTCHours(Number(clock[1]), Number(clock[2]), 0, 0);
    if (Number(clock[1]) > 23 || Number(clock[2]) > 59) return null;
    // A clock time later than now was yesterday's.
    if (at.getTime() > now.getTime() + 60_000) at.setUTCDate(at.getUTCDate() - 1);
    return stamp(at);
  }
  const full = FULL.exec(text);
  if (!full) return null;
  const [, year, month, day, hour = "0", minute = "0"] = full.map((part) => part ?? undefined);
  const at = new Date(
    Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute)),
  );
  const same = at.getUTCMonth() === Number(month) - 1 && at.getUTCDate() === Number(day);
  return same && Number(hour) < 24 && Number(minute) < 60 ? stamp(at) : null;
}

export const writeTime = (iso: string): string => iso.slice(0, 16).replace("T", " ");

export const stepFrom = (now: Date, ms: number): string => stamp(new Date(now.getTime() + ms));
