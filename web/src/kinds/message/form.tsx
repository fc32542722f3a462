// Talk bound to an item: one field, Enter sends.
import { Button } from "@mantine/core";
import { useState } from "react";
import { api } from "../../api/client.ts";
import type { Item, Text } from "../../api/types.ts";
import { useWords } from "../../i18n/provide.tsx";
import { languagesOf } from "../../i18n/text.ts";
import { TextField } from "../../ui/form/text-field.tsx";
import { useRoom } from "../../ui/room.tsx";
import { Refused } from "../../ui/tell.tsx";

export function Talk({ item, onSent }: { item: Item; onSent: () => void }) {
  const { t } = useWords();
  const { me } = useRoom();
  const [text, setText] = useState<Text>({});
  const [round, setRound] = useState(0);
  const [refused, setRefused] = useState<unknown>(null);
  const [sending, setSending] = useState(false);
  const send = async () => {
    if (languagesOf(text).length === 0 || sending) return;
    setSending(true);
    setRefused(null);
    try {
      // Talk stands under the label of what it is about.
      const label = item.records.find((each) => !each.superseded)?.label ?? me.default_label;
      await api.write({
        kind: "message",
        label,
        precedence: "ROUTINE",
        body: { about: item.item, text },
      });
      setText({});
      setRound(round + 1);
      onSent();
    } catch (error) {
      setRefused(error);
    } finally {
      setSending(false);
    }
  };
  return (
    <form
      className="stack tight"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {refused !== null && <Refused error={refused} />}
      <TextField
        key={round}
        label={t("item.message.write")}
        field="body.text"
        value={text}
        onChange={setText}
      />
      <div className="row end">
        <Button type="submit" size="compact-sm" loading={sending}>
          {t("do.send")}
        </Button>
      </div>
    </form>
  );
}
