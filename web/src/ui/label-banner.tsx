// Always on top of every page: which room this is, whose node, and the most guarded label in sight.
import "./label-banner.css";
import type { Lang } from "../api/types.ts";
import { useWords } from "../i18n/provide.tsx";
import { plain } from "../i18n/text.ts";
import { useRoom } from "./room.tsx";
import { shown } from "./shown.ts";
import { TlpSign, Written } from "./signs.tsx";
import { useStore } from "./use-store.ts";

export function LabelBanner() {
  const words = useWords();
  const { me, state, change } = useRoom();
  const tlp = useStore(shown);
  return (
    <section className="banner" data-state={state} aria-label={words.t("banner.title")}>
      <span className="banner-side">
        <Written text={plain(me.partner.names, words.code as Lang)} />
      </span>
      {me.states.length > 1 ? (
        <label className="banner-state">
          <span className="hidden">{words.t("banner.room")}</span>
          <select
            value={state}
            onChange={(event) => change(event.currentTarget.value as typeof state)}
          >
            {me.states.map((each) => (
              <option key={each} value={each}>
                {words.perhaps(`state.${each}`) ?? each}
              </option>
            ))}
          </select>
        </label>
      ) : (
        <strong className="banner-state">{words.perhaps(`state.${state}`) ?? state}</strong>
      )}
      <span className="banner-side end">
        {tlp === null ? (
          <span>{words.t("banner.nothing")}</span>
        ) : (
          <>
            <span className="banner-upto">{words.t("banner.shown")}</span>
            <TlpSign tlp={tlp} />
          </>
        )}
      </span>
    </section>
  );
}
