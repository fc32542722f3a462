// Which addresses that somebody wrote become links.

/** The address, if it may be followed from here: `https`, `mailto` or `geo`, written out in full. */
export function followable(url: string | null | undefined): string | undefined {
  if (!url || !/^(https:\/\/[^/\\]|mailto:[^/\\]|geo:[-\d])/i.test(url)) return undefined;
  // Browsers drop tabs and line ends inside an address, and what they drop hides what follows.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is looked for
  if (/[\u0000-\u0020\\]/.test(url)) return undefined;
  return url;
}
