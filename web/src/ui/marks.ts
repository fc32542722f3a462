// Cutting a text where claims begin and end, so that each piece is marked once.

export type Stretch = { start: number; end: number };

/** A piece of text and every claim that covers it, in the order in which they were given. */
export type Piece<C> = { start: number; text: string; claims: C[] };

export function pieces<C extends Stretch>(text: string, within: Stretch, claims: C[]): Piece<C>[] {
  const inside = claims.filter(
    (claim) => claim.start < within.end && claim.end > within.start && claim.start < claim.end,
  );
  const cuts = new Set([within.start, within.end]);
  for (const { start, end } of inside) {
    cuts.add(Math.max(start, within.start));
    cuts.add(Math.min(end, within.end));
  }
  const places = [...cuts].sort((a, b) => a - b);
  return places.slice(0, -1).map((start, n) => {
    const end = places[n + 1] ?? within.end;
    const over = inside.filter((claim) => claim.start <= start && claim.end >= end);
    return { start, text: text.slice(start, end), claims: over };
  });
}

/** The lines of a text that say something, by where they stand. */
export function paragraphs(text: string): Stretch[] {
  const found: Stretch[] = [];
  let start = 0;
  for (const line of text.split("\n")) {
    const end = start + line.length;
    if (line.trim() !== "") found.push({ start, end });
    start = end + 1;
  }
  return found;
}

/** Claims of a record count code points; the browser counts UTF-16 units. */
export function toUnits<C extends Stretch>(text: string, claims: C[]): C[] {
  const units = [0];
  for (const char of text) units.push((units[units.length - 1] ?? 0) + char.length);
  const unit = (point: number) => units[Math.min(point, units.length - 1)] ?? 0;
  return claims.map((claim) => ({ ...claim, start: unit(claim.start), end: unit(claim.end) }));
}
