// A site's state at one moment, and until when that may be believed.
import type { Body, SiteStatusBody } from "../../api/types.ts";
import { useWords } from "../../i18n/provide.tsx";
import { AmountShown } from "../../ui/show.tsx";
import { Moment, Said } from "../../ui/signs.tsx";

export function Panel({ body }: { body: Body }) {
  const { t, number } = useWords();
  const status = body as SiteStatusBody;
  return (
    <>
      <h3>{t(`status.${status.state}`)}</h3>
      <dl className="facts">
        {status.for_whom && (
          <>
            <dt>{t("item.for-whom")}</dt>
            <dd>
              <Said text={status.for_whom} />
            </dd>
          </>
        )}
        {status.occupancy && (
          <>
            <dt>{t("item.occupancy")}</dt>
            <dd>
              <AmountShown amount={status.occupancy} />
            </dd>
          </>
        )}
        {status.staff != null && (
          <>
            <dt>{t("item.staff")}</dt>
            <dd>{number(status.staff)}</dd>
          </>
        )}
        <dt>{t("item.as-of")}</dt>
        <dd>
          <Moment iso={status.as_of} />
        </dd>
        <dt>{t("item.stale-after")}</dt>
        <dd>
          <Moment iso={status.stale_after} />
        </dd>
        {status.remark && (
          <>
            <dt>{t("item.remark")}</dt>
            <dd>
              <Said text={status.remark} />
            </dd>
          </>
        )}
      </dl>
    </>
  );
}
