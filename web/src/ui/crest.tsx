// The room's own sign: two nested hexagons, in the ink of the page so that it stands for no flag.
export function Crest({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path
        d="M16 3.500 26.800 9.800v12.400L16 28.500 5.200 22.200V9.800z"
        fill="none"
        stroke="currentColor"
        strokeWidth="2.200"
        strokeLinejoin="round"
      />
      <path d="M16 10.500 21 13.400v5.600L16 21.900 11 19v-5.600z" fill="currentColor" />
    </svg>
  );
}
