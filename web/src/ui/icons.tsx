// The few line drawings the screens need; each is decoration beside a word, never instead of one.
const PATHS = {
  map: "M4 6.500 9 4l6 2.500L20 4v13.500L15 20l-6-2.500L4 20zM9 4v13.500M15 6.500V20",
  pen: "M4 20h4L19 9l-4-4L4 16zM13 7l4 4",
  drafts: "M6 4h9l4 4v12H6zM9 12h7M9 16h5",
  queue: "M4 7h10M4 12h10M4 17h7M17 8l3 3-3 3",
  recall: "M9 6 4 11l5 5M4 11h10a5 5 0 0 1 5 5v2",
  reading: "M4 5h13v14H6a2 2 0 0 1-2-2ZM17 9h3v8a2 2 0 0 1-2 2M7 9h7M7 12h7M7 15h4",
  feed: "M5 19a.8.8 0 1 0 0-1.500.8.8 0 0 0 0 1.500ZM4.500 12.500a6.500 6.500 0 0 1 6.500 6.500M4.500 6.500A12.500 12.500 0 0 1 17 19",
  mute: "M4 10v4h3l5 4V6L7 10ZM16 10l4 4M20 10l-4 4",
  previous: "M14 6l-6 6 6 6",
  next: "M10 6l6 6-6 6",
  partners:
    "M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM16.500 11a2.500 2.500 0 1 0 0-5M3 19c0-3 2-5 5-5s5 2 5 5M15 14c3 0 5 2 5 5",
  meetings: "M5 6h14v13H5zM5 10h14M9 4v4M15 4v4",
  log: "M6 4h12v16H6zM9 8h6M9 12h6M9 16h3",
  health: "M3 12h4l2-5 4 10 2-5h6",
  search: "M10.500 17a6.500 6.500 0 1 0 0-13 6.500 6.500 0 0 0 0 13ZM15.500 15.500 20 20",
  plus: "M12 5v14M5 12h14",
  close: "M6 6l12 12M18 6 6 18",
  check: "M5 12.500 10 17 19 7",
  warn: "M12 4 21 20H3zM12 10v4.500M12 17v.5",
  clock: "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16ZM12 8v4.500l3 2",
  sun: "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM12 3v2M12 19v2M3 12h2M19 12h2M5.600 5.600 7 7M17 17l1.400 1.400M5.600 18.400 7 17M17 7l1.400-1.400",
  moon: "M19 14.500A8 8 0 0 1 9.500 5 8 8 0 1 0 19 14.500Z",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.500 20c0-4 3-6 7.500-6s7.500 2 7.500 6",
  language:
    "M4 6h9M8.500 4v2M6 10c1 2 3.500 4 6 5M11.500 6c-.5 4-3 7-7 9M13 20l4-9 4 9M14.500 17h5",
  out: "M10 5H5v14h5M14 8l4 4-4 4M18 12H9",
  release: "M4 12h11M11 7l5 5-5 5M19 5v14",
  sign: "M4 19c3 0 4-9 7-9s0 7 2.500 7S17 13 20 13",
  note: "M5 5h14v10h-8l-4 4v-4H5z",
  pin: "M12 21s6.500-6 6.500-11a6.500 6.500 0 1 0-13 0C5.500 15 12 21 12 21ZM12 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z",
  open: "M8 5h11v11M19 5 6 18",
  keyboard: "M3 7h18v11H3zM7 11h.5M11 11h.5M15 11h.5M7 14.500h10",
  more: "M5 12h.5M12 12h.5M19 12h.5",
  lock: "M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3",
  seal: "M12 4l2 2 3-.3.3 3 2 2-2 2-.3 3-3-.3-2 2-2-2-3 .3-.3-3-2-2 2-2 .3-3 3 .3zM9.500 11l1.800 1.800L15 9",
  undo: "M9 7 5 11l4 4M5 11h9a5 5 0 0 1 5 5",
  down: "M6 9.500l6 6 6-6",
} as const;

/** Drawings with a direction are turned where the script runs the other way. */
const TURNING = new Set(["queue", "recall", "release", "out", "open", "undo", "previous", "next"]);

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg
      data-icon={name}
      data-turns={TURNING.has(name) || undefined}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.7}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
