// What was begun and not sent, kept on the node.
import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useLocation } from "wouter";
import { api } from "../../api/client.ts";
import type { Draft } from "../../api/types.ts";
import { useWords } from "../../i18n/provide.tsx";
import { useTell } from "../../ui/notices.tsx";
import { Age, Written } from "../../ui/signs.tsx";
import { Answered, Empty, refusalText } from "../../ui/tell.tsx";

export default function DraftsPage() {
  const words = useWords();
  const { t, perhaps } = words;
  const tell = useTell();
  const [, go] = useLocation();
  const queries = useQueryClient();
  const answer = useQuery({ queryKey: ["drafts", "list"], queryFn: api.drafts });
  const again = () => void queries.invalidateQueries({ queryKey: ["drafts"] });
  const drop = async (draft: Draft) => {
    try {
      await api.dropDraft(draft.id);
      again();
      tell(t("form.discarded"), { undo: () => void api.keepDraft(draft).then(again) });
    } catch (error) {
      tell(refusalText(words, error), { tone: "alarm" });
    }
  };
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1>{t("page.drafts")}</h1>
          <p>{t("drafts.about")}</p>
        </div>
      </header>
      <Answered answer={answer}>
        {(drafts) =>
          drafts.length === 0 ? (
            <Empty title={t("drafts.none")}>{t("drafts.none.about")}</Empty>
          ) : (
            <ul className="stack">
              {drafts.map((draft) => (
                <li key={draft.id} className="panel row wide" data-draft={draft.id}>
                  <div className="grow">
                    <strong>
                      {draft.title ? <Written text={draft.title} /> : t("drafts.untitled")}
                    </strong>
                    <p className="small soft">
                      {perhaps(`kind.${draft.kind}`) ?? draft.kind} · <Age iso={draft.saved_at} />
                    </p>
                  </div>
                  <div className="row">
                    <Button
                      size="compact-sm"
                      variant="subtle"
                      color="red"
                      onClick={() => void drop(draft)}
                    >
                      {t("form.discard")}
                    </Button>
                    <Button
                      size="compact-sm"
                      onClick={() => go(`/new/${draft.kind}?draft=${draft.id}`)}
                    >
                      {t("drafts.continue")}
                    </Button>
                  </div>
                </li>
              ))}
            </ul>
          )
        }
      </Answered>
    </div>
  );
}
