// A question that ends with one deed: what it needs, the deed, and why it was refused.
import { Button, Textarea } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useWords } from "../i18n/provide.tsx";
import { Dialog } from "./dialog.tsx";
import { isCtrlEnter } from "./frame/keys.ts";
import { Refused } from "./tell.tsx";

type Ask = {
  title: string;
  /** What the deed is called on its button. */
  deed: string;
  icon?: ReactNode;
  color?: string;
  /** Nothing is left to fill in: the first Enter is the deed. */
  plain?: boolean;
  /** Throws what the node refused; the question then stays, with everything in it. */
  onDeed: () => Promise<void> | void;
  onClose: () => void;
  children: ReactNode;
};

export function AskDialog({ ready = true, ...props }: Ask & { ready?: boolean }) {
  const { t } = useWords();
  const [asking, setAsking] = useState(false);
  const [refused, setRefused] = useState<unknown>(null);
  const act = async () => {
    if (!ready || asking) return;
    setAsking(true);
    setRefused(null);
    try {
      await props.onDeed();
      props.onClose();
    } catch (error) {
      setRefused(error);
      setAsking(false);
    }
  };
  return (
    <Dialog onClose={props.onClose} title={props.title}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void act();
        }}
        onKeyDown={(event) => {
          if (!isCtrlEnter(event)) return;
          event.preventDefault();
          void act();
        }}
      >
        {props.children}
        {refused !== null && <Refused error={refused} />}
        <div className="row end">
          <Button variant="default" onClick={props.onClose}>
            {t("do.cancel")}
          </Button>
          <Button
            type="submit"
            data-autofocus={props.plain || undefined}
            loading={asking}
            disabled={!ready}
            {...(props.color ? { color: props.color } : {})}
            leftSection={props.icon}
          >
            {props.deed}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

export function ReasonField(props: {
  label: string;
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <Textarea
      label={props.label}
      required
      data-autofocus
      dir="auto"
      rows={3}
      value={props.value}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  );
}

/** A deed that is not done without saying why. */
export function ReasonDialog({
  label,
  onDeed,
  children,
  ...ask
}: Omit<Ask, "onDeed" | "children"> & {
  label: string;
  onDeed: (reason: string) => Promise<void>;
  children?: ReactNode;
}) {
  const [reason, setReason] = useState("");
  const said = reason.trim();
  return (
    <AskDialog {...ask} ready={said !== ""} onDeed={() => onDeed(said)}>
      {children}
      <ReasonField label={label} value={reason} onChange={setReason} />
    </AskDialog>
  );
}
