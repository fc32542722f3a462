// A site: what it is, who runs it, what it can hold or carry.
import type { Body, SiteBody } from "../../api/types.ts";
import { useWords } from "../../i18n/provide.tsx";
import { AmountShown, Position } from "../../ui/show.tsx";
import { Said, Written } from "../../ui/signs.tsx";

export function Panel({ body }: { body: Body }) {
  const { t } = useWords();
  const site = body as SiteBody;
  return (
    <>
      <h3>
        <Said text={site.name} />
      </h3>
      <dl className="facts">
        <dt>{t("item.class")}</dt>
        <dd>{t(`class.${site.class}`)}</dd>
        <dt>{t("item.place")}</dt>
        <dd>
          <Position place={site.place} />
        </dd>
        {site.operator && (
          <>
            <dt>{t("item.operator")}</dt>
            <dd>
              <Written text={site.operator} />
            </dd>
          </>
        )}
        {site.capacity && (
          <>
            <dt>{t("item.capacity")}</dt>
            <dd>
              <AmountShown amount={site.capacity} />
            </dd>
          </>
        )}
      </dl>
    </>
  );
}
