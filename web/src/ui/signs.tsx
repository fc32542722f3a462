// Small signs that repeat everywhere: label, precedence, link, time. Words first, shape second, colour last.
import "./signs.css";
import type { ReactNode } from "react";
import type { Lang, PartnerLine, Precedence, Text, Tlp } from "../api/types.ts";
import { useWords } from "../i18n/provide.tsx";
import { choose } from "../i18n/text.ts";
import { visible } from "../i18n/visible.ts";
import { useNow } from "./use-now.ts";

/** TLP words are the same in every language. */
export function TlpSign({ tlp }: { tlp: Tlp }) {
  return (
    <span className="tlp" data-tlp={tlp} dir="ltr" translate="no">
      TLP:{tlp}
    </span>
  );
}

export const PRECEDENCES: Precedence[] = ["ROUTINE", "PRIORITY", "IMMEDIATE", "FLASH"];

export function PrecedenceSign({ precedence }: { precedence: Precedence }) {
  const strength = PRECEDENCES.indexOf(precedence);
  return (
    <span className="precedence" data-precedence={precedence} dir="ltr" translate="no">
      <svg width="15" height="10" viewBox="0 0 15 10" aria-hidden="true">
        {PRECEDENCES.map((each, n) => (
          <rect
            key={each}
            x={n * 4 + 0.5}
            y={7 - n * 2.1}
            width="2"
            height={2.5 + n * 2.1}
            data-on={n <= strength || undefined}
          />
        ))}
      </svg>
      {precedence}
    </span>
  );
}

/** A string as somebody wrote it: in its own direction, and nothing in it unseen. */
export function Written({ text, className }: { text: string; className?: string }) {
  return (
    <bdi className={className} dir="auto">
      {visible(text)}
    </bdi>
  );
}

/** User text in the best language there is, isolated from the sentence around it. */
export function Said({ text, empty = "—" }: { text: Text | null | undefined; empty?: string }) {
  const words = useWords();
  const chosen = choose(text, words.code as Lang);
  if (chosen === undefined) return <span className="soft">{empty}</span>;
  return (
    <bdi lang={chosen.lang} dir="auto">
      {chosen.text}
    </bdi>
  );
}

export function Chip({
  children,
  tone,
}: {
  children: ReactNode;
  tone?: "alarm" | "warn" | "good" | "dashed";
}) {
  return (
    <span className="chip" data-tone={tone}>
      {children}
    </span>
  );
}

export function LinkSign({ link, word = true }: { link: PartnerLine["link"]; word?: boolean }) {
  const { t } = useWords();
  return (
    <span className="link-sign" data-link={link}>
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        {link === "up" && <circle cx="6" cy="6" r="5" fill="currentColor" />}
        {link === "connecting" && (
          <>
            <circle cx="6" cy="6" r="4.200" fill="none" stroke="currentColor" strokeWidth="1.600" />
            <path d="M6 1.800a4.200 4.200 0 0 1 0 8.400Z" fill="currentColor" />
          </>
        )}
        {link === "down" && (
          <path d="M2 2l8 8M10 2l-8 8" stroke="currentColor" strokeWidth="2.400" fill="none" />
        )}
      </svg>
      <span className={word ? undefined : "hidden"}>{t(`link.${link}`)}</span>
    </span>
  );
}

export function Moment({ iso }: { iso: string }) {
  const words = useWords();
  return <time dateTime={iso}>{words.moment(iso)}</time>;
}

/** How long ago, with the exact moment one hover away. */
export function Age({ iso }: { iso: string }) {
  const words = useWords();
  const now = useNow();
  return (
    <time dateTime={iso} title={words.moment(iso)}>
      {words.t("age.ago", { age: words.age(iso, now) })}
    </time>
  );
}
