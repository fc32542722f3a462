// Short notices in a corner, read out by screen readers, some with a way back.
import "./notices.css";
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useMemo,
  useRef,
  useState,
} from "react";
import { useWords } from "../i18n/provide.tsx";
import { Icon } from "./icons.tsx";
import type { Tone } from "./tell.tsx";

type Notice = { id: number; text: string; tone: Tone; undo?: () => void };
type Tell = (text: string, more?: { tone?: Tone; undo?: () => void }) => void;

const Context = createContext<Tell>(() => {});
const SHOWN_MS = 7000;

export function Notices({ children }: { children: ReactNode }) {
  const { t } = useWords();
  const [notices, setNotices] = useState<Notice[]>([]);
  const next = useRef(1);
  const drop = useCallback((id: number) => {
    setNotices((all) => all.filter((each) => each.id !== id));
  }, []);
  const tell = useCallback<Tell>(
    (text, more) => {
      const id = next.current++;
      setNotices((all) => [
        ...all.slice(-3),
        { id, text, tone: more?.tone ?? "plain", ...(more?.undo ? { undo: more.undo } : {}) },
      ]);
      setTimeout(() => drop(id), SHOWN_MS);
    },
    [drop],
  );
  const value = useMemo(() => tell, [tell]);
  return (
    <Context.Provider value={value}>
      {children}
      <section className="notices" aria-live="polite" aria-label={t("notices.title")}>
        {notices.map((each) => (
          <div key={each.id} className="notice" data-tone={each.tone}>
            <Icon
              name={each.tone === "alarm" || each.tone === "warn" ? "warn" : "check"}
              size={18}
            />
            <span className="grow">{each.text}</span>
            {each.undo && (
              <button
                type="button"
                onClick={() => {
                  each.undo?.();
                  drop(each.id);
                }}
              >
                {t("do.undo")}
              </button>
            )}
            <button type="button" aria-label={t("do.close")} onClick={() => drop(each.id)}>
              <Icon name="close" size={15} />
            </button>
          </div>
        ))}
      </section>
    </Context.Provider>
  );
}

export const useTell = (): Tell => useContext(Context);
