// Words of an article with the place marked in them, and the way to the article.
import { Link } from "wouter";
import type { Quote } from "../../api/types.ts";
import { useWords } from "../../i18n/provide.tsx";
import { visible } from "../../i18n/visible.ts";
import { Written } from "../../ui/signs.tsx";

export function Quoted({ quote }: { quote: Quote }) {
  const { day } = useWords();
  const { start, end } = quote.at;
  return (
    <figure className="quoted">
      <blockquote
        className="quote"
        lang={quote.language === "und" ? undefined : quote.language}
        dir="auto"
      >
        {visible(quote.text.slice(0, start))}
        <mark>{visible(quote.text.slice(start, end))}</mark>
        {visible(quote.text.slice(end))}
      </blockquote>
      <figcaption className="small">
        <Link href={`/reading?article=${quote.article}`}>
          <Written text={quote.outlet} />
        </Link>
        {quote.published && (
          <span className="soft">
            {" · "}
            <bdi>{day(quote.published)}</bdi>
          </span>
        )}
      </figcaption>
    </figure>
  );
}
