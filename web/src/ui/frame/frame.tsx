// What stays while pages change: banner, way around, partner strip, keys.
import "./frame.css";
import { type ReactNode, useState } from "react";
import { useLocation } from "wouter";
import type { Key } from "../../i18n/languages.ts";
import { useWords } from "../../i18n/provide.tsx";
import { Icon } from "../icons.tsx";
import { LabelBanner } from "../label-banner.tsx";
import { useRoom } from "../room.tsx";
import { type Hint, Hints } from "./hints.tsx";
import { type Keys, useKeys } from "./keys.ts";
import { PartnerStrip } from "./partner-strip.tsx";
import { Rail, type Way } from "./rail.tsx";

export type Page = Way & { key?: string };

const ALWAYS: Hint[] = [
  { keys: "n", does: "hints.new" },
  { keys: "/", does: "hints.search" },
  { keys: "?", does: "hints.hints" },
];
const IN_READING: Hint[] = [
  { keys: "J K", does: "hints.reading" },
  { keys: "A C R U", does: "hints.judge" },
];
const IN_FORMS: Hint[] = [
  { keys: "Ctrl Enter", does: "hints.send" },
  { keys: "Esc", does: "hints.close" },
  { keys: "↑ ↓", does: "hints.walk" },
];

export function Frame({
  pages,
  broken,
  onSignOut,
  children,
}: {
  pages: Page[];
  broken: boolean;
  onSignOut: () => void;
  children: ReactNode;
}) {
  const { t } = useWords();
  const { me } = useRoom();
  const [path, go] = useLocation();
  const [hinting, setHinting] = useState(false);
  const mayWrite = me.may.write.includes("report");

  const search = () => {
    if (path !== "/") go("/");
    // The field is there only after the page has changed.
    setTimeout(() => document.querySelector<HTMLInputElement>("[data-search]")?.focus(), 60);
  };
  const keys: Keys = { "?": () => setHinting(true), "/": search };
  if (mayWrite) keys.n = () => go("/new/report");
  for (const page of pages) if (page.key) keys[`g ${page.key}`] = () => go(page.path);
  useKeys(keys);

  const hints: Hint[] = [
    ...ALWAYS.filter((hint) => hint.keys !== "n" || mayWrite),
    ...pages
      .filter((page) => page.key)
      .map((page) => ({ keys: `g ${page.key}`, does: page.title as Key })),
    ...(me.may.read_articles ? IN_READING : []),
    ...IN_FORMS,
  ];
  return (
    <div className="frame">
      <a className="skip" href="#page">
        {t("frame.skip")}
      </a>
      <LabelBanner />
      <Rail
        ways={pages}
        mayWrite={mayWrite}
        onNew={() => go("/new/report")}
        onSignOut={onSignOut}
        onHints={() => setHinting(true)}
      />
      <main className="frame-main" id="page" tabIndex={-1}>
        {broken && (
          <div className="lane" role="status">
            <Icon name="warn" size={18} />
            {t("lane.reconnecting")}
          </div>
        )}
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long page scrolls by keyboard too */}
        <div className="frame-page" tabIndex={0}>
          {children}
        </div>
      </main>
      <PartnerStrip />
      {hinting && <Hints hints={hints} onClose={() => setHinting(false)} />}
    </div>
  );
}
