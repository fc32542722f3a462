// What a claim should have said: another sort, another day, another value.
import { TextInput } from "@mantine/core";
import { useState } from "react";
import type { Claim, Correction } from "../../api/types.ts";
import { useWords } from "../../i18n/provide.tsx";
import { AskDialog } from "../../ui/ask-dialog.tsx";
import { ChoiceField } from "../../ui/form/choice-field.tsx";
import { EVENTS, FIRMNESS } from "./says.ts";

const DATE = /^~?\d{4}(-\d{2}(-\d{2})?)?(\/\d{4}(-\d{2}(-\d{2})?)?)?$/;

export function Correct(props: {
  claim: Claim;
  onDone: (correction: Correction) => void;
  onClose: () => void;
}) {
  const { t } = useWords();
  const { claim } = props;
  const [says, setSays] = useState(claim.says);
  const [date, setDate] = useState(claim.date ?? "");
  const dated = claim.sort === "event" || claim.sort === "commitment";
  const wrong = date !== "" && !DATE.test(date);
  const codes = claim.sort === "event" ? EVENTS : claim.sort === "commitment" ? FIRMNESS : null;
  const word = (code: string) =>
    claim.sort === "event"
      ? t(`event.${code as (typeof EVENTS)[number]}`)
      : t(`promise.${code as (typeof FIRMNESS)[number]}`);
  const send = () => {
    props.onDone({
      ...(says === claim.says ? {} : { says }),
      ...(dated && date !== (claim.date ?? "") ? { date } : {}),
    });
  };
  return (
    <AskDialog
      title={t("judge.correct")}
      deed={t("judge.correct")}
      ready={!wrong}
      onDeed={send}
      onClose={props.onClose}
    >
      <p className="small soft">{t("reading.correct.about")}</p>
      {codes ? (
        <ChoiceField
          label={t("reading.says")}
          field="says"
          value={says}
          choices={codes.map((code) => ({ value: code, label: word(code) }))}
          onChange={setSays}
        />
      ) : (
        <TextInput
          label={t("reading.says")}
          data-field="says"
          data-autofocus
          dir="auto"
          value={says}
          onChange={(event) => setSays(event.currentTarget.value)}
        />
      )}
      {dated && (
        <TextInput
          label={t(claim.sort === "commitment" ? "form.due" : "form.when")}
          description={t("reading.date.hint")}
          data-field="date"
          data-autofocus
          dir="ltr"
          value={date}
          error={wrong ? t("reading.date.hint") : undefined}
          onChange={(event) => setDate(event.currentTarget.value.trim())}
        />
      )}
    </AskDialog>
  );
}
