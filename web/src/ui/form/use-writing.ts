// One piece of writing: its fields, its draft on the node, and what is still wrong with it.
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { api, Refusal } from "../../api/client.ts";
import type { Body, Kind, Label, NewRecord, Precedence, Written } from "../../api/types.ts";

export type Start = {
  kind: Kind;
  draft: string;
  item?: string | undefined;
  replaces?: string | undefined;
  version?: number | undefined;
  variant?: number | undefined;
  /** What the draft held, or the fields to begin with. */
  content?: Partial<Content<unknown>> | undefined;
  restored?: string | undefined;
};

export type Content<B> = {
  body: B;
  label: Label;
  precedence: Precedence;
  item?: string | undefined;
  replaces?: string | undefined;
  version?: number | undefined;
  variant?: number | undefined;
};

export type Saved = { is: "untouched" | "saving" | "unsaved" } | { is: "saved"; at: string };
export type Wrong = Record<string, string>;

export type Writing<B> = {
  content: Content<B>;
  body: B;
  set: (patch: Partial<B>) => void;
  mark: (patch: Partial<Pick<Content<B>, "label" | "precedence">>) => void;
  saved: Saved;
  sending: boolean;
  wrong: Wrong;
  setWrong: (wrong: Wrong) => void;
  refused: unknown;
  send: () => Promise<Written | null>;
  /** Drops the draft; the answer brings it back. */
  discard: () => Promise<() => Promise<void>>;
};

const PAUSE_MS = 600;

export function useWriting<B>(
  start: Start,
  empty: B,
  label: Label,
  titleOf: (body: B) => string,
): Writing<B> {
  const queries = useQueryClient();
  const [content, setContent] = useState<Content<B>>(() => ({
    label: start.content?.label ?? label,
    precedence: start.content?.precedence ?? "ROUTINE",
    body: { ...empty, ...(start.content?.body as Partial<B> | undefined) },
    item: start.item,
    replaces: start.replaces,
    version: start.version,
    variant: start.variant,
  }));
  const [saved, setSaved] = useState<Saved>({ is: "untouched" });
  const [sending, setSending] = useState(false);
  const [wrong, setWrong] = useState<Wrong>({});
  const [refused, setRefused] = useState<unknown>(null);
  const touched = useRef(false);
  const done = useRef(false);
  const waiting = useRef<Content<B> | null>(null);

  const keep = useCallback(
    async (what: Content<B>) => {
      waiting.current = null;
      const at = new Date().toISOString();
      const title = titleOf(what.body).slice(0, 200);
      const draft = { id: start.draft, kind: start.kind, saved_at: at, content: what };
      try {
        await api.keepDraft(title === "" ? draft : { ...draft, title });
        setSaved({ is: "saved", at });
      } catch {
        waiting.current = what;
        setSaved({ is: "unsaved" });
      }
    },
    [start.draft, start.kind, titleOf],
  );

  useEffect(() => {
    if (!touched.current || done.current) return;
    setSaved((before) => (before.is === "unsaved" ? before : { is: "saving" }));
    waiting.current = content;
    const timer = setTimeout(() => void keep(content), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [content, keep]);

  // A node that was away gets the draft as soon as it answers again; a closed panel keeps it too.
  useEffect(() => {
    const again = setInterval(() => {
      if (waiting.current !== null && !done.current) void keep(waiting.current);
    }, 5000);
    return () => {
      clearInterval(again);
      if (waiting.current !== null && !done.current) void keep(waiting.current);
      void queries.invalidateQueries({ queryKey: ["drafts"] });
    };
  }, [keep, queries]);

  const change = (next: (before: Content<B>) => Content<B>) => {
    touched.current = true;
    setContent(next);
  };

  const send = async (): Promise<Written | null> => {
    setSending(true);
    setRefused(null);
    const { body, item, replaces, variant, version: _, ...rest } = content;
    const record: NewRecord = { kind: start.kind, body: body as Body, draft: start.draft, ...rest };
    if (item !== undefined) record.item = item;
    if (replaces !== undefined) record.replaces = replaces;
    if (variant !== undefined) record.variant = variant;
    try {
      const written = await api.write(record);
      done.current = true;
      return written;
    } catch (error) {
      setRefused(error);
      if (error instanceof Refusal && error.field) setWrong({ [error.field]: error.code });
      return null;
    } finally {
      setSending(false);
    }
  };

  return {
    content,
    body: content.body,
    set: (patch) => change((before) => ({ ...before, body: { ...before.body, ...patch } })),
    mark: (patch) => change((before) => ({ ...before, ...patch })),
    saved,
    sending,
    wrong,
    setWrong,
    refused,
    send,
    discard: async () => {
      done.current = true;
      waiting.current = null;
      if (touched.current || start.restored !== undefined) await api.dropDraft(start.draft);
      return () => keep(content);
    },
  };
}
