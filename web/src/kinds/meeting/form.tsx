// A meeting: when, where, who by office, agenda, outcomes, the joint statement in each language.
import { NumberInput, TextInput } from "@mantine/core";
import type { MeetingBody, Text } from "../../api/types.ts";
import { useWords } from "../../i18n/provide.tsx";
import { languagesOf, plain } from "../../i18n/text.ts";
import { Rows, SourcesField, TimeField } from "../../ui/form/fields.tsx";
import { useFormTitle } from "../../ui/form/form-title.ts";
import { PartyField } from "../../ui/form/party-field.tsx";
import { PlaceField } from "../../ui/form/place-field.tsx";
import { TextField } from "../../ui/form/text-field.tsx";
import { stepFrom } from "../../ui/form/time.ts";
import { useWriting } from "../../ui/form/use-writing.ts";
import { type FormProps, useWrong, WritingForm } from "../../ui/form/writing-form.tsx";
import { useRoom } from "../../ui/room.tsx";

type Unfinished = Omit<MeetingBody, "place"> & Partial<Pick<MeetingBody, "place">>;
const empty = (): Unfinished => ({
  name: {},
  when: { start: stepFrom(new Date(), 0), precision: "hour" },
  participants: [],
  agenda: [],
  outcomes: [],
  sources: [],
});
const titleOf = (body: Unfinished) => plain(body.name, "en");

function TextRows(props: { label: string; value: Text[]; onChange: (value: Text[]) => void }) {
  return (
    <Rows<{ text: Text }>
      label={props.label}
      rows={props.value.map((text) => ({ text }))}
      empty={{ text: {} }}
      onChange={(rows) => props.onChange(rows.map((row) => row.text))}
    >
      {(row, set) => (
        <TextField
          label={props.label}
          field="row"
          value={row.text}
          onChange={(text) => set({ text })}
        />
      )}
    </Rows>
  );
}

export function Form(props: FormProps) {
  const { t } = useWords();
  const { me } = useRoom();
  const writing = useWriting(props.start, empty(), me.default_label, titleOf);
  const { body, set } = writing;
  const wrong = useWrong(writing.wrong);
  return (
    <WritingForm
      form={props}
      writing={writing}
      title={useFormTitle(props.start)}
      needed={[
        ["body.name", t("form.name"), languagesOf(body.name).length > 0],
        ["body.place", t("form.place"), body.place !== undefined],
      ]}
    >
      <TextField
        label={t("form.name")}
        field="body.name"
        value={body.name}
        error={wrong("body.name")}
        onChange={(name) => set({ name })}
        required
        autoFocus
      />
      <NumberInput
        label={t("form.round")}
        min={1}
        hideControls
        value={body.round ?? ""}
        onChange={(value) => set({ round: value === "" ? undefined : Number(value) })}
      />
      <TimeField
        label={t("form.when")}
        field="body.when"
        value={body.when.start}
        onChange={(start) => set({ when: { ...body.when, start } })}
        required
      />
      <PlaceField
        value={body.place}
        error={wrong("body.place")}
        onChange={(place) => set({ place })}
        required
      />
      <Rows
        label={t("form.participants")}
        rows={body.participants}
        empty={{ party: me.partner.id, office: "" }}
        onChange={(participants) => set({ participants })}
      >
        {(row, setRow) => (
          <>
            <PartyField
              label={t("form.party")}
              value={row.party}
              onChange={(party) => setRow({ party })}
            />
            <TextInput
              aria-label={t("form.office")}
              placeholder={t("form.office")}
              dir="auto"
              value={row.office}
              onChange={(event) => setRow({ office: event.currentTarget.value })}
            />
            <TextInput
              aria-label={t("form.person-name")}
              placeholder={t("form.person-name")}
              dir="auto"
              value={row.name ?? ""}
              onChange={(event) =>
                setRow({ name: event.currentTarget.value || undefined } as never)
              }
            />
          </>
        )}
      </Rows>
      <TextRows
        label={t("form.agenda")}
        value={body.agenda}
        onChange={(agenda) => set({ agenda })}
      />
      <TextRows
        label={t("form.outcomes")}
        value={body.outcomes}
        onChange={(outcomes) => set({ outcomes })}
      />
      <TextField
        label={t("form.statement")}
        field="body.statement"
        value={body.statement}
        onChange={(statement) => set({ statement })}
        long
      />
      <SourcesField value={body.sources} onChange={(sources) => set({ sources })} />
    </WritingForm>
  );
}
