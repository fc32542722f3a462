// A new site, or a correction of one of ours.
import { TextInput } from "@mantine/core";
import type { SiteBody, SiteClass } from "../../api/types.ts";
import { useWords } from "../../i18n/provide.tsx";
import { languagesOf, plain } from "../../i18n/text.ts";
import { ChoiceField } from "../../ui/form/choice-field.tsx";
import { AmountField } from "../../ui/form/fields.tsx";
import { useFormTitle } from "../../ui/form/form-title.ts";
import { PlaceField } from "../../ui/form/place-field.tsx";
import { TextField } from "../../ui/form/text-field.tsx";
import { useWriting } from "../../ui/form/use-writing.ts";
import { type FormProps, useWrong, WritingForm } from "../../ui/form/writing-form.tsx";
import { useRoom } from "../../ui/room.tsx";

const CLASSES: SiteClass[] = [
  "crossing",
  "detention-site",
  "camp",
  "reception-centre",
  "settlement-centre",
  "substation",
  "pipeline",
  "checkpoint",
];

type Unfinished = Pick<SiteBody, "name" | "operator" | "capacity"> &
  Partial<Pick<SiteBody, "class" | "place">>;
const EMPTY: Unfinished = { name: {} };
const titleOf = (body: Unfinished) => plain(body.name, "en");

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
      needed={[
        ["body.name", t("form.name"), languagesOf(body.name).length > 0],
        ["body.class", t("form.class"), body.class !== undefined],
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
      <ChoiceField
        label={t("form.class")}
        field="body.class"
        placeholder={t("form.category.hint")}
        value={body.class ?? null}
        error={wrong("body.class")}
        choices={CLASSES.map((each) => ({ value: each, label: t(`class.${each}`) }))}
        onChange={(value) => set({ class: value as SiteClass })}
        required
      />
      <PlaceField
        value={body.place}
        error={wrong("body.place")}
        onChange={(place) => set({ place })}
        required
      />
      <TextInput
        label={t("form.operator")}
        dir="auto"
        value={body.operator ?? ""}
        onChange={(event) => set({ operator: event.currentTarget.value || undefined })}
      />
      <AmountField
        label={t("form.capacity")}
        value={body.capacity}
        onChange={(capacity) => set({ capacity })}
      />
    </WritingForm>
  );
}
