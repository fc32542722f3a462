// A longer text: the reader's language first, the others one click away.
import type { Lang, Text } from "../api/types.ts";
import { useWords } from "../i18n/provide.tsx";
import { choose, languagesOf } from "../i18n/text.ts";
import { visible } from "../i18n/visible.ts";

export function Prose({ text }: { text: Text | null | undefined }) {
  const { t, code } = useWords();
  const first = choose(text, code as Lang);
  if (first === undefined || !text) return null;
  const others = languagesOf(text).filter((lang) => lang !== first.lang);
  return (
    <div className="prose">
      <p lang={first.lang} dir="auto">
        {first.text}
      </p>
      {first.lang !== code && <p className="small soft">{t("item.untranslated")}</p>}
      {others.length > 0 && (
        <details className="more">
          <summary>{t("item.more-languages")}</summary>
          {others.map((lang) => (
            <p key={lang} lang={lang} dir="auto">
              {visible(text[lang] ?? "")}
            </p>
          ))}
        </details>
      )}
    </div>
  );
}
