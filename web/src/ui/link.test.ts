// Addresses in records are written by others.
import { expect, it } from "vitest";
import { followable } from "./link.ts";

it("attack_066_only_harmless_schemes_become_links", () => {
  for (const url of [
    "https://www.jordantimes.com/news/local/a-report",
    "HTTPS://example.org/",
    "mailto:desk@example.org",
    "geo:32.53,36.21",
  ])
    expect(followable(url), url).toBe(url);
  for (const url of [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\nscript:alert(1)",
    "\u0001javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "blob:https://example.org/1",
    "//example.org",
    "/\\example.org",
    "\\\\example.org",
    "https:/\\example.org",
    "https:\\\\example.org",
    "https://\texample.org",
    "https://example.org/\\..",
    "https:example.org",
    "http://example.org/",
    "ftp://example.org/",
    "x-https://example.org",
    "/item/0123",
    "",
    null,
    undefined,
  ])
    expect(followable(url), String(url)).toBeUndefined();
});
