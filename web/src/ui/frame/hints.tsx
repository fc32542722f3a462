// The list of keys, opened by "?".
import { Kbd } from "@mantine/core";
import type { Key } from "../../i18n/languages.ts";
import { useWords } from "../../i18n/provide.tsx";
import { Dialog } from "../dialog.tsx";

export type Hint = { keys: string; does: Key };

export function Hints({ hints, onClose }: { hints: Hint[]; onClose: () => void }) {
  const { t } = useWords();
  return (
    <Dialog onClose={onClose} title={t("hints.title")}>
      <dl className="hints">
        {hints.map((hint) => (
          <div key={hint.keys} style={{ display: "contents" }}>
            <dt>
              {hint.keys.split(" ").map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd>{t(hint.does)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
