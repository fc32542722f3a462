// Whose article it is, when it appeared, and what can be done with it as a whole.
import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation } from "wouter";
import { api } from "../../api/client.ts";
import type { Article } from "../../api/types.ts";
import { useWords } from "../../i18n/provide.tsx";
import { useTell } from "../../ui/notices.tsx";
import { Chip, Written } from "../../ui/signs.tsx";
import { refusalText } from "../../ui/tell.tsx";
import { KeepDialog } from "./keep.tsx";
import { Appeared } from "./list.tsx";
import { articleKey } from "./use-article.ts";

const LANGUAGES = new Set(["en", "ar", "tr"]);

export function Head({ article }: { article: Article }) {
  const words = useWords();
  const { t } = words;
  const tell = useTell();
  const [, go] = useLocation();
  const queries = useQueryClient();
  const [keeping, setKeeping] = useState(false);
  const aside = async (put: boolean) => {
    try {
      await api.putAside(article.id, put);
      void queries.invalidateQueries({ queryKey: ["articles"] });
      void queries.invalidateQueries({ queryKey: articleKey(article.id) });
      tell(t(put ? "reading.aside.done" : "reading.aside.back.done"), {
        ...(put ? { undo: () => void aside(false) } : {}),
      });
    } catch (error) {
      tell(refusalText(words, error), { tone: "alarm" });
    }
  };
  const language = LANGUAGES.has(article.language)
    ? t(`language.${article.language as "en" | "ar" | "tr"}`)
    : t("reading.language.other");
  return (
    <header className="reading-head">
      <div className="row wide">
        <span className="row">
          <Chip tone="dashed">{t("reading.unverified")}</Chip>
          <Chip>{language}</Chip>
        </span>
        <span className="row">
          <Button size="compact-sm" variant="subtle" onClick={() => void aside(!article.aside)}>
            {t(article.aside ? "reading.aside.back" : "reading.aside")}
          </Button>
          {article.kept ? (
            <Button
              size="compact-sm"
              variant="default"
              data-do="open"
              onClick={() => go(`/item/${article.id}`)}
            >
              {t("reading.kept.open")}
            </Button>
          ) : (
            <Button
              size="compact-sm"
              variant="default"
              data-do="keep"
              onClick={() => setKeeping(true)}
            >
              {t("reading.keep")}
            </Button>
          )}
        </span>
      </div>
      <p className="small soft">
        <Written text={article.outlet} /> · <Appeared article={article} />
        {article.address && /^https?:\/\//.test(article.address) && (
          <>
            {" · "}
            <a href={article.address} target="_blank" rel="noreferrer noopener">
              <bdi dir="ltr">{new URL(article.address).host}</bdi>
            </a>
          </>
        )}
      </p>
      <p className="small soft">
        {article.pasted_by
          ? t("reading.pasted", { person: article.pasted_by.name })
          : t("reading.fetched")}
        {" · "}
        {article.kept
          ? t("reading.kept.about")
          : t("reading.stays", { day: words.day(article.stays_until) })}
      </p>
      {keeping && <KeepDialog article={article} onClose={() => setKeeping(false)} />}
    </header>
  );
}
