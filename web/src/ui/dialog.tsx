// A question in front of the page: the first key already belongs to it, and closing gives the focus back.
import { Modal } from "@mantine/core";
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useWords } from "../i18n/provide.tsx";

export function Dialog(props: {
  title: string;
  onClose: () => void;
  size?: "lg";
  children: ReactNode;
}) {
  const { t } = useWords();
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      // Whoever has taken the focus since may keep it.
      const free = document.activeElement === null || document.activeElement === document.body;
      if (free && before instanceof HTMLElement && before.isConnected)
        before.focus({ preventScroll: true });
    },
    [before],
  );
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={props.title}
      closeButtonProps={{ "aria-label": t("do.close") }}
      size={props.size ?? "md"}
    >
      <Inside>{props.children}</Inside>
    </Modal>
  );
}

/** The library moves the focus a moment later, and whoever types fast would lose a key. */
function Inside({ children }: { children: ReactNode }) {
  const node = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    node.current?.querySelector<HTMLElement>("[data-autofocus]")?.focus({ preventScroll: true });
  }, []);
  return <div ref={node}>{children}</div>;
}
