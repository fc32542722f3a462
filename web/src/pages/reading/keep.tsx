// An article becomes a record of this node: under which label, and why it may be held.
import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api/client.ts";
import type { Article } from "../../api/types.ts";
import { useWords } from "../../i18n/provide.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { LabelField } from "../../ui/form/label-field.tsx";
import { useTell } from "../../ui/notices.tsx";
import { useRoom } from "../../ui/room.tsx";
import { Refused } from "../../ui/tell.tsx";
import { articleKey } from "./use-article.ts";

export function KeepDialog({ article, onClose }: { article: Article; onClose: () => void }) {
  const { t } = useWords();
  const { me } = useRoom();
  const tell = useTell();
  const queries = useQueryClient();
  // What a newspaper printed is open; that this desk keeps it is still this node's own affair.
  const [label, setLabel] = useState({
    ...me.default_label,
    tlp: "CLEAR" as const,
    handling: "H0" as const,
    legal_basis: "open-source" as const,
    state: article.state,
  });
  const [sending, setSending] = useState(false);
  const [refused, setRefused] = useState<unknown>(null);
  const keep = async () => {
    setSending(true);
    setRefused(null);
    try {
      await api.keepArticle(article.id, label);
      await queries.invalidateQueries({ queryKey: articleKey(article.id) });
      void queries.invalidateQueries({ queryKey: ["articles"] });
      tell(t("reading.keep.done"), { tone: "good" });
      onClose();
    } catch (error) {
      setRefused(error);
    } finally {
      setSending(false);
    }
  };
  return (
    <Dialog onClose={onClose} title={t("reading.keep")}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void keep();
        }}
      >
        <p>{t("reading.keep.about")}</p>
        <LabelField value={label} wrong={{}} onChange={(next) => setLabel(next as typeof label)} />
        {refused !== null && <Refused error={refused} />}
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            {t("do.cancel")}
          </Button>
          <Button type="submit" data-autofocus loading={sending}>
            {t("reading.keep")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
