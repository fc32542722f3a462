// The list of keys, opened by "?".
import { Kbd, Modal } from "@mantine/core";
import type { Key } from "../../i18n/languages.ts";
import { useWords } from "../../i18n/provide.tsx";

export type Hint = { keys: string; does: Key };

export function Hints({
  hints,
  opened,
  onClose,
}: {
  hints: Hint[];
  opened: boolean;
  onClose: () => void;
}) {
  const { t } = useWords();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("hints.title")}
      closeButtonProps={{ "aria-label": t("do.close") }}
    >
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
    </Modal>
  );
}
