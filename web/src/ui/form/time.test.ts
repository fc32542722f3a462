// What people type for a moment.
import { expect, it } from "vitest";
import { readTime } from "./time.ts";

const now = new Date("2026-03-09T14:30:00Z");

it.each([
  ["", "2026-03-09T14:30:00Z"],
  ["now", "2026-03-09T14:30:00Z"],
  ["-10", "2026-03-09T14:20:00Z"],
  ["-1h", "2026-03-09T13:30:00Z"],
  ["-2d", "2026-03-07T14:30:00Z"],
  ["13:05", "2026-03-09T13:05:00Z"],
  ["23:00", "2026-03-08T23:00:00Z"],
  ["2026-03-01", "2026-03-01T00:00:00Z"],
  ["2026-03-01 04:12", "2026-03-01T04:12:00Z"],
  ["٢٠٢٦-٠٣-٠١ ٠٤:١٢", "2026-03-01T04:12:00Z"],
])("%s", (typed, read) => {
  expect(readTime(typed, now)).toBe(read);
});

it.each(["2026-02-30", "25:00", "tomorrow", "2026-03-01 24:10"])("%s is refused", (typed) => {
  expect(readTime(typed, now)).toBeNull();
});
