// Gives every screen its words, and keeps <html lang dir> in step.
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import {
  asked,
  type Catalogue,
  type Code,
  directionOf,
  english,
  known,
  load,
} from "./languages.ts";
import { speak, type Words } from "./say.ts";

const PREFERENCE = "diwan.language";

type Held = { words: Words; change: (code: Code) => void };

const Context = createContext<Held>({ words: speak("en", english), change: () => {} });

function remembered(): Code {
  try {
    return known(localStorage.getItem(PREFERENCE)) ?? asked(navigator.languages);
  } catch {
    // Storage may be forbidden; the language is then asked of the browser each time.
    return asked(navigator.languages);
  }
}

function remember(code: Code): void {
  try {
    localStorage.setItem(PREFERENCE, code);
  } catch {
    // See remembered().
  }
}

export function Language({ children }: { children: ReactNode }) {
  const [code, setCode] = useState<Code>(remembered);
  const [loaded, setLoaded] = useState<{ code: Code; catalogue: Catalogue } | null>(
    code === "en" ? { code: "en", catalogue: english } : null,
  );

  useEffect(() => {
    let stale = false;
    load(code).then((catalogue) => {
      if (!stale) setLoaded({ code, catalogue });
    });
    return () => {
      stale = true;
    };
  }, [code]);

  useEffect(() => {
    if (loaded === null) return;
    document.documentElement.lang = loaded.code;
    document.documentElement.dir = directionOf(loaded.code);
  }, [loaded]);

  const held = useMemo<Held | null>(
    () =>
      loaded === null
        ? null
        : {
            words: speak(loaded.code, loaded.catalogue),
            change: (next) => {
              remember(next);
              setCode(next);
            },
          },
    [loaded],
  );
  if (held === null) return null;
  return <Context.Provider value={held}>{children}</Context.Provider>;
}

export const useWords = (): Words => useContext(Context).words;
export const useLanguage = (): { code: Code; change: (code: Code) => void } => {
  const { words, change } = useContext(Context);
  return { code: words.code, change };
};
