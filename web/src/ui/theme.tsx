// The component library set up so that it needs no <style> element: a strict page policy holds.
import "./mantine.css";
import "./base.css";
import {
  createTheme,
  DirectionProvider,
  MantineProvider,
  Modal,
  Popover,
  Select,
} from "@mantine/core";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { useWords } from "../i18n/provide.tsx";

export type Scheme = "light" | "dark";
const PREFERENCE = "diwan.scheme";

const quick = { transitionProps: { duration: 0 } };

const theme = createTheme({
  respectReducedMotion: true,
  components: {
    // Locking the scroll would inject a style element; the frame does not scroll anyway.
    Modal: Modal.extend({ defaultProps: { lockScroll: false, ...quick } }),
    Popover: Popover.extend({ defaultProps: quick }),
    Select: Select.extend({ defaultProps: { comboboxProps: quick } }),
  },
});

const Context = createContext<{ scheme: Scheme; change: (scheme: Scheme) => void }>({
  scheme: "light",
  change: () => {},
});

function remembered(): Scheme {
  try {
    const kept = localStorage.getItem(PREFERENCE);
    if (kept === "light" || kept === "dark") return kept;
  } catch {
    // Storage may be forbidden; then the system decides.
  }
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

export function Theme({ children }: { children: ReactNode }) {
  const words = useWords();
  const [scheme, setScheme] = useState<Scheme>(remembered);
  useEffect(() => {
    document.documentElement.setAttribute("data-mantine-color-scheme", scheme);
  }, [scheme]);
  const held = useMemo(
    () => ({
      scheme,
      change: (next: Scheme) => {
        try {
          localStorage.setItem(PREFERENCE, next);
        } catch {
          // See remembered().
        }
        setScheme(next);
      },
    }),
    [scheme],
  );
  return (
    <Context.Provider value={held}>
      <DirectionProvider initialDirection={words.direction}>
        <MantineProvider
          theme={theme}
          forceColorScheme={scheme}
          withCssVariables={false}
          withGlobalClasses={false}
        >
          {children}
        </MantineProvider>
      </DirectionProvider>
    </Context.Provider>
  );
}

export const useScheme = () => useContext(Context);
