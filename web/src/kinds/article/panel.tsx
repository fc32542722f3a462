// A kept article: whose it is, its text, and what was proposed from it.
import { useMemo } from "react";
import type { ArticleBody, Body } from "../../api/types.ts";
import { useWords } from "../../i18n/provide.tsx";
import { MarkedText } from "../../ui/marked-text.tsx";
import { toUnits } from "../../ui/marks.ts";
import { Chip, Said, Written } from "../../ui/signs.tsx";

const LEADS = new Set(["event", "commitment", "role"]);

export function Panel({ body }: { body: Body }) {
  const { t, day } = useWords();
  const article = body as ArticleBody;
  const claims = useMemo(() => toUnits(article.text, article.proposals ?? []), [article]);
  const decided = claims.filter((each) => each.verdict).length;
  return (
    <>
      <h3>
        <Said text={article.title} />
      </h3>
      <div className="row">
        <Chip tone="dashed">{t("reading.unverified")}</Chip>
      </div>
      <dl className="facts">
        <dt>{t("reading.outlet")}</dt>
        <dd>
          <Written text={article.outlet} />
        </dd>
        {article.published && (
          <>
            <dt>{t("reading.published")}</dt>
            <dd>
              <bdi>{day(article.published)}</bdi>
            </dd>
          </>
        )}
        {article.address && (
          <>
            <dt>{t("reading.address")}</dt>
            <dd>
              {/^https?:\/\//.test(article.address) ? (
                <a href={article.address} target="_blank" rel="noreferrer noopener">
                  <bdi dir="ltr">{article.address}</bdi>
                </a>
              ) : (
                <bdi dir="ltr">{article.address}</bdi>
              )}
            </dd>
          </>
        )}
        <dt>{t("reading.proposals")}</dt>
        <dd>{t("reading.progress", { decided, count: claims.length })}</dd>
      </dl>
      <MarkedText
        text={article.text}
        lang={article.language ?? "und"}
        claims={claims}
        look={(over) => {
          const first = over.find((each) => LEADS.has(each.sort)) ?? over[0];
          return first && { leads: LEADS.has(first.sort), verdict: first.verdict ?? undefined };
        }}
      />
    </>
  );
}
