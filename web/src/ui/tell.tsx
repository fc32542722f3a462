// Errors, warnings and emptiness in plain words.
import { Loader } from "@mantine/core";
import type { ReactNode } from "react";
import { Refusal } from "../api/client.ts";
import { useWords } from "../i18n/provide.tsx";
import type { Words } from "../i18n/say.ts";
import { Icon, type IconName } from "./icons.tsx";
import { Written } from "./signs.tsx";

export type Tone = "alarm" | "warn" | "good" | "plain";

const ICONS: Record<Tone, IconName> = { alarm: "warn", warn: "warn", good: "check", plain: "note" };

export function Telling({
  tone = "plain",
  children,
  live,
}: {
  tone?: Tone;
  children: ReactNode;
  live?: boolean;
}) {
  return (
    <div className="telling" data-tone={tone} role={live ? "alert" : undefined}>
      <Icon name={ICONS[tone]} size={18} />
      <div className="grow">{children}</div>
    </div>
  );
}

/** The sentence for a code in the reader's language, else what the node said. */
export function reasonText(words: Words, code: string, fallback: string): string {
  return words.perhaps(`reason.${code}`) ?? fallback;
}

export function refusalText(words: Words, error: unknown): string {
  if (error instanceof Refusal) return reasonText(words, error.code, error.message);
  return words.t("reason.screen/fault");
}

export function Refused({ error }: { error: unknown }) {
  const words = useWords();
  const hint = error instanceof Refusal ? error.hint : undefined;
  return (
    <Telling tone="alarm" live>
      <strong>{refusalText(words, error)}</strong>
      {hint && (
        <div className="small">
          <Written text={hint} />
        </div>
      )}
    </Telling>
  );
}

export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <strong>{title}</strong>
      {children && <p>{children}</p>}
    </div>
  );
}

export function Waiting() {
  const { t } = useWords();
  return (
    <div className="empty" role="status">
      <Loader size="sm" aria-hidden="true" />
      <span>{t("tell.reading")}</span>
    </div>
  );
}

/** Waiting, refused or there: the three states of everything that is asked of the node. */
export function Answered<A>({
  answer,
  children,
}: {
  answer: { data: A | undefined; error: unknown; isPending: boolean };
  children: (data: A) => ReactNode;
}) {
  if (answer.data !== undefined) return <>{children(answer.data)}</>;
  if (answer.error) return <Refused error={answer.error} />;
  return <Waiting />;
}
