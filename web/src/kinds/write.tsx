// The place where a form stands: finds its draft or what it corrects, and says where to go afterwards.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useLocation, useParams, useSearch } from "wouter";
import { api } from "../api/client.ts";
import type { Draft, Item, Written } from "../api/types.ts";
import { useWords } from "../i18n/provide.tsx";
import type { Content, Start } from "../ui/form/use-writing.ts";
import { useTell } from "../ui/notices.tsx";
import { useRoom } from "../ui/room.tsx";
import { Empty, Refused, Waiting } from "../ui/tell.tsx";
import { kinds } from "./all.ts";

const freshId = (): string => crypto.randomUUID().slice(0, 36);

type Asked = {
  draft: string | null;
  about: string | null;
  replaces: string | null;
  variant: string | null;
};

function startOf(kind: string, id: string, asked: Asked, draft?: Draft, item?: Item): Start {
  const kept = draft?.content as Partial<Content<unknown>> | undefined;
  if (draft)
    return {
      kind,
      draft: id,
      content: kept,
      restored: draft.saved_at,
      item: kept?.item,
      replaces: kept?.replaces,
      version: kept?.version,
      variant: kept?.variant,
    };
  const original = item?.records.find((each) => each.digest === asked.replaces);
  if (item && original?.body) {
    const tear = asked.variant !== null;
    return {
      kind,
      draft: id,
      item: item.item,
      // A tear line is a record of its own; a correction takes the place of what it corrects.
      replaces: tear ? undefined : original.digest,
      version: original.version,
      variant: tear ? Number(asked.variant) : original.variant,
      content: { body: original.body, label: original.label, precedence: item.precedence },
    };
  }
  const begun = item && kinds[kind]?.begin?.(item);
  const label = item?.records.find((each) => !each.superseded)?.label;
  return {
    kind,
    draft: id,
    ...(begun ? { content: { body: begun, ...(label ? { label } : {}) } } : {}),
  };
}

/** Everything a form needs to begin, or undefined while it is still being read. */
function useStart(kind: string): { start: Start | undefined; error: unknown } {
  const { state } = useRoom();
  const address = useSearch();
  const asked = useMemo<Asked>(() => {
    const search = new URLSearchParams(address);
    return {
      draft: search.get("draft"),
      about: search.get("about"),
      replaces: search.get("replaces"),
      variant: search.get("variant"),
    };
  }, [address]);
  const [fresh] = useState(freshId);
  const id = asked.draft ?? fresh;
  const drafts = useQuery({
    queryKey: ["drafts", "open", id],
    queryFn: api.drafts,
    enabled: asked.draft !== null,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const item = useQuery({
    queryKey: ["item", asked.about, state, "begin"],
    queryFn: () => api.item(asked.about ?? "", state),
    enabled: asked.about !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const draft = drafts.data?.find((each) => each.id === id);
  const reading =
    (asked.draft !== null && drafts.isPending) || (asked.about !== null && item.isPending);
  const [held, setHeld] = useState<Start>();
  // Once begun, a form is not begun again by a later answer: it would wipe what is being typed.
  if (held === undefined && !reading) setHeld(startOf(kind, id, asked, draft, item.data));
  return { start: held, error: drafts.error ?? item.error };
}

function Standing({ kind }: { kind: string }) {
  const { t } = useWords();
  const tell = useTell();
  const queries = useQueryClient();
  const [, go] = useLocation();
  const { me } = useRoom();
  const { start, error } = useStart(kind);
  const Form = kinds[kind]?.Form;
  if (Form === undefined || !me.may.write.includes(kind))
    return <Empty title={t("form.not-offered")} />;
  if (error) return <Refused error={error} />;
  if (start === undefined) return <Waiting />;
  const done = (written: Written, thenRelease: boolean) => {
    void queries.invalidateQueries({ queryKey: ["item", written.item] });
    void queries.invalidateQueries({ queryKey: ["drafts"] });
    go(
      thenRelease ? `/release/${written.item}?digest=${written.digest}` : `/?item=${written.item}`,
    );
  };
  return (
    <Form
      start={start}
      onDone={done}
      onClose={() => go(start.item ? `/?item=${start.item}` : "/")}
      onDiscard={(bringBack) => {
        go("/");
        tell(t("form.discarded"), {
          undo: () => {
            void bringBack().then(() => {
              void queries.invalidateQueries({ queryKey: ["drafts"] });
              go(`/new/${kind}?draft=${start.draft}`);
            });
          },
        });
      }}
    />
  );
}

export function Write() {
  const { kind = "report" } = useParams<{ kind?: string }>();
  const address = useSearch();
  const [path, go] = useLocation();
  const search = new URLSearchParams(address);
  // The draft's name goes into the address at once, so that a reload finds it again.
  if (search.get("draft") === null) {
    return (
      <Named
        name={(id) => {
          search.set("draft", id);
          go(`${path}?${search.toString()}`, { replace: true });
        }}
      />
    );
  }
  return <Standing key={`${kind} ${search.get("draft")}`} kind={kind} />;
}

function Named({ name }: { name: (id: string) => void }) {
  const [id] = useState(freshId);
  const [named, setNamed] = useState(false);
  if (!named) {
    setNamed(true);
    queueMicrotask(() => name(id));
  }
  return <Waiting />;
}
