// An article handed in by a person: pasted, or read from a file of theirs.
import { Button, FileButton, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { api, Refusal } from "../../api/client.ts";
import type { HandedIn, State } from "../../api/types.ts";
import { useWords } from "../../i18n/provide.tsx";
import { isCtrlEnter } from "../../ui/frame/keys.ts";
import { Refused } from "../../ui/tell.tsx";

const FILE_BYTES_MAX = 900_000;

const empty = { outlet: "", text: "", address: "", published: "", html: false };

export function HandInForm(props: {
  state: State;
  onDone: (handed: HandedIn) => void;
  onClose: () => void;
}) {
  const { t } = useWords();
  const [fields, setFields] = useState(empty);
  const [sending, setSending] = useState(false);
  const [refused, setRefused] = useState<unknown>(null);
  const set = (patch: Partial<typeof empty>) => setFields((before) => ({ ...before, ...patch }));
  const wrong = refused instanceof Refusal ? refused.field : undefined;
  const take = async (file: File | null) => {
    if (file === null) return;
    if (file.size > FILE_BYTES_MAX) {
      setRefused(new Refusal(413, "form/too-large", "larger than the limit"));
      return;
    }
    const text = await file.text();
    set({ text, html: /\.x?html?$/i.test(file.name) || file.type.includes("html") });
  };
  const send = async () => {
    setSending(true);
    setRefused(null);
    const { address, published, ...rest } = fields;
    try {
      props.onDone(
        await api.handIn({
          ...rest,
          state: props.state,
          ...(address.trim() === "" ? {} : { address: address.trim() }),
          ...(published === "" ? {} : { published }),
        }),
      );
    } catch (error) {
      setRefused(error);
    } finally {
      setSending(false);
    }
  };
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
      onKeyDown={(event) => {
        if (isCtrlEnter(event)) void send();
      }}
    >
      <TextInput
        label={t("reading.outlet")}
        data-field="outlet"
        data-autofocus
        dir="auto"
        required
        error={wrong === "outlet"}
        value={fields.outlet}
        onChange={(event) => set({ outlet: event.currentTarget.value })}
      />
      <TextInput
        label={t("reading.address")}
        data-field="address"
        type="url"
        dir="ltr"
        error={wrong === "address"}
        value={fields.address}
        onChange={(event) => set({ address: event.currentTarget.value })}
      />
      <TextInput
        label={t("reading.published")}
        description={t("reading.published.hint")}
        data-field="published"
        type="date"
        value={fields.published}
        onChange={(event) => set({ published: event.currentTarget.value })}
      />
      <Textarea
        label={t("reading.text")}
        description={t("reading.text.hint")}
        data-field="text"
        dir="auto"
        required
        rows={12}
        error={wrong === "text"}
        value={fields.text}
        onChange={(event) => set({ text: event.currentTarget.value, html: false })}
      />
      {refused !== null && <Refused error={refused} />}
      <div className="row wide">
        <FileButton
          accept=".txt,.html,.htm,text/plain,text/html"
          onChange={(file) => void take(file)}
        >
          {(button) => (
            <Button variant="default" {...button}>
              {t("reading.file")}
            </Button>
          )}
        </FileButton>
        <span className="row">
          <Button variant="default" onClick={props.onClose}>
            {t("do.cancel")}
          </Button>
          <Button type="submit" loading={sending} title="Ctrl+Enter">
            {t("reading.hand-in")}
          </Button>
        </span>
      </div>
    </form>
  );
}
