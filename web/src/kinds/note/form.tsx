// A note on an item: what sort of note, and the words.
import type { NoteBody, NoteSort } from "../../api/types.ts";
import { useWords } from "../../i18n/provide.tsx";
import { languagesOf, plain } from "../../i18n/text.ts";
import { ChoiceField } from "../../ui/form/choice-field.tsx";
import { useFormTitle } from "../../ui/form/form-title.ts";
import { TextField } from "../../ui/form/text-field.tsx";
import { useWriting } from "../../ui/form/use-writing.ts";
import { type FormProps, useWrong, WritingForm } from "../../ui/form/writing-form.tsx";
import { useRoom } from "../../ui/room.tsx";

const SORTS: NoteSort[] = ["opinion", "correction", "dispute", "sighting", "not-true-here"];
const EMPTY: NoteBody = { about: "", sort: "opinion", text: {} };
const titleOf = (body: NoteBody) => plain(body.text, "en");

export function Form(props: FormProps) {
  const { t } = useWords();
  const { me } = useRoom();
  const writing = useWriting(props.start, EMPTY, me.default_label, titleOf);
  const { body, set } = writing;
  const wrong = useWrong(writing.wrong);
  return (
    <WritingForm
      form={props}
      writing={writing}
      title={useFormTitle(props.start)}
      needed={[["body.text", t("form.text"), languagesOf(body.text).length > 0]]}
    >
      <ChoiceField
        label={t("form.sort")}
        field="body.sort"
        value={body.sort}
        choices={SORTS.map((each) => ({ value: each, label: t(`sort.${each}`) }))}
        onChange={(sort) => set({ sort: sort as NoteSort })}
      />
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
    </WritingForm>
  );
}
