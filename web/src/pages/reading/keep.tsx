// An article becomes a record of this node: under which label, and why it may be held.
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api/client.ts";
import type { Article } from "../../api/types.ts";
import { useWords } from "../../i18n/provide.tsx";
import { AskDialog } from "../../ui/ask-dialog.tsx";
import { LabelField } from "../../ui/form/label-field.tsx";
import { useTell } from "../../ui/notices.tsx";
import { useRoom } from "../../ui/room.tsx";
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
  const keep = async () => {
    await api.keepArticle(article.id, label);
    await queries.invalidateQueries({ queryKey: articleKey(article.id) });
    void queries.invalidateQueries({ queryKey: ["articles"] });
    tell(t("reading.keep.done"), { tone: "good" });
  };
  return (
    <AskDialog
      title={t("reading.keep")}
      deed={t("reading.keep")}
      plain
      onDeed={keep}
      onClose={onClose}
    >
      <p>{t("reading.keep.about")}</p>
      <LabelField value={label} wrong={{}} onChange={(next) => setLabel(next as typeof label)} />
    </AskDialog>
  );
}
