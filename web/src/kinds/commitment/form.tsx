// A promise put down so that both sides can see whether it is kept.
import { SegmentedControl, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import type { CommitmentBody, CommitmentState, Firmness, Lang } from "../../api/types.ts";
import { useWords } from "../../i18n/provide.tsx";
import { languagesOf, plain } from "../../i18n/text.ts";
import { ChoiceField } from "../../ui/form/choice-field.tsx";
import { ManyField, SourcesField } from "../../ui/form/fields.tsx";
import { useFormTitle } from "../../ui/form/form-title.ts";
import { PartiesField } from "../../ui/form/party-field.tsx";
import { TextField } from "../../ui/form/text-field.tsx";
import { useWriting } from "../../ui/form/use-writing.ts";
import { type FormProps, useWrong, WritingForm } from "../../ui/form/writing-form.tsx";
import { useRoom } from "../../ui/room.tsx";

const FIRMNESS: Firmness[] = ["agreed", "planned", "offered"];
const STATES: CommitmentState[] = ["open", "met", "late", "carried-over", "withdrawn"];
const EMPTY: CommitmentBody = {
  text: {},
  by: [],
  to: [],
  firmness: "agreed",
  state: "open",
  evidence: [],
  sources: [],
};
const titleOf = (body: CommitmentBody) => plain(body.text, "en");

export function Form(props: FormProps) {
  const { t, code } = useWords();
  const { me, state } = useRoom();
  const writing = useWriting(props.start, EMPTY, me.default_label, titleOf);
  const { body, set } = writing;
  const wrong = useWrong(writing.wrong);
  const meetings = useQuery({
    queryKey: ["meetings", state],
    queryFn: () => api.map({ state, kind: "meeting", limit: 200 }),
  });
  return (
    <WritingForm
      form={props}
      writing={writing}
      title={useFormTitle(props.start)}
      needed={[
        ["body.text", t("form.text"), languagesOf(body.text).length > 0],
        ["body.by", t("form.by"), body.by.length > 0],
      ]}
    >
      <TextField
        label={t("form.text")}
        field="body.text"
        value={body.text}
        error={wrong("body.text")}
        onChange={(text) => set({ text })}
        long
        required
        autoFocus
      />
      <PartiesField
        label={t("form.by")}
        field="body.by"
        value={body.by}
        error={wrong("body.by")}
        onChange={(by) => set({ by })}
        required
      />
      <PartiesField
        label={t("form.to")}
        field="body.to"
        value={body.to}
        onChange={(to) => set({ to })}
      />
      <TextInput
        label={t("form.due")}
        type="date"
        data-field="body.due"
        value={body.due ?? ""}
        onChange={(event) => set({ due: event.currentTarget.value || undefined })}
      />
      <div>
        <div className="field-label" id="firmness">
          {t("form.firmness")}
        </div>
        <SegmentedControl
          fullWidth
          transitionDuration={0}
          aria-labelledby="firmness"
          value={body.firmness}
          data={FIRMNESS.map((each) => ({ value: each, label: t(`firmness.${each}`) }))}
          onChange={(value) => set({ firmness: value as Firmness })}
        />
      </div>
      <ChoiceField
        label={t("form.status")}
        field="body.state"
        value={body.state}
        choices={STATES.map((each) => ({ value: each, label: t(`commitment.${each}`) }))}
        onChange={(value) => set({ state: value as CommitmentState })}
      />
      <ChoiceField
        label={t("form.meeting")}
        field="body.meeting"
        value={body.meeting ?? null}
        choices={(meetings.data?.items ?? []).map((each) => ({
          value: each.item,
          label: plain(each.title, code as Lang),
        }))}
        onChange={(meeting) => set({ meeting })}
      />
      <TextField
        label={t("form.measure")}
        field="body.measure"
        value={body.measure}
        onChange={(measure) => set({ measure })}
      />
      <ManyField
        label={t("form.evidence")}
        field="body.evidence"
        value={body.evidence}
        onChange={(evidence) => set({ evidence })}
      />
      <SourcesField value={body.sources} onChange={(sources) => set({ sources })} />
    </WritingForm>
  );
}
