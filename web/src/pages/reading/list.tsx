// The reading list: one line per story, what says the same folded below it, threads in time.
import type { ArticleBrief, ReadingList, Story } from "../../api/types.ts";
import { useWords } from "../../i18n/provide.tsx";
import { Chip, Written } from "../../ui/signs.tsx";

/** The day it appeared, or what is known of it. */
export function Appeared({ article }: { article: ArticleBrief }) {
  const { t, day } = useWords();
  if (article.published) return <bdi>{day(article.published)}</bdi>;
  const { not_before: from, not_after: until } = article;
  if (from && until) return <>{t("reading.day.between", { from: day(from), until: day(until) })}</>;
  if (from) return <>{t("reading.day.after", { from: day(from) })}</>;
  if (until) return <>{t("reading.day.before", { until: day(until) })}</>;
  return <>{t("reading.day.unknown")}</>;
}

function Progress({ article }: { article: ArticleBrief }) {
  const { t } = useWords();
  const { decided, proposals } = article;
  if (proposals === 0) return <span className="small soft">{t("reading.nothing")}</span>;
  const done = decided === proposals;
  return (
    <Chip {...(done ? { tone: "good" as const } : {})}>
      {t("reading.progress", { decided, count: proposals })}
    </Chip>
  );
}

function Row(props: { story: Story; chosen: string | null; onChoose: (id: string) => void }) {
  const { t } = useWords();
  const { article, copies } = props.story;
  const here = props.chosen === article.id;
  return (
    <div className="story" data-article={article.id} data-chosen={here || undefined}>
      <button
        type="button"
        className="story-open"
        aria-current={here || undefined}
        onClick={() => props.onChoose(article.id)}
      >
        <strong lang={article.language === "und" ? undefined : article.language}>
          <Written text={article.title} />
        </strong>
        <span className="small soft">
          <Written text={article.outlet} /> · <Appeared article={article} />
        </span>
        <span className="row">
          <Progress article={article} />
          {article.kept && <Chip>{t("reading.kept")}</Chip>}
        </span>
      </button>
      {copies.length > 0 && (
        <details className="story-copies">
          <summary>{t("reading.copies", { count: copies.length })}</summary>
          <ul>
            {copies.map((copy) => (
              <li key={copy.id}>
                <button
                  type="button"
                  className="link"
                  aria-current={props.chosen === copy.id || undefined}
                  onClick={() => props.onChoose(copy.id)}
                >
                  <Written text={copy.outlet} />: <Written text={copy.title} />
                </button>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

export function List(props: {
  list: ReadingList;
  chosen: string | null;
  onChoose: (id: string) => void;
}) {
  const { t } = useWords();
  return (
    <nav className="reading-list" aria-label={t("reading.list")}>
      {props.list.threads.map((thread) => (
        <section
          key={thread.stories[0]?.article.id}
          className="thread"
          aria-label={
            thread.stories.length > 1
              ? t("reading.thread", { count: thread.stories.length })
              : undefined
          }
        >
          {thread.stories.length > 1 && (
            <p className="thread-head small soft">
              {t("reading.thread", { count: thread.stories.length })}
            </p>
          )}
          {thread.stories.map((story) => (
            <Row
              key={story.article.id}
              story={story}
              chosen={props.chosen}
              onChoose={props.onChoose}
            />
          ))}
        </section>
      ))}
    </nav>
  );
}
