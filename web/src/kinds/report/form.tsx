// A spot report in under thirty seconds: title, category, time is now, place, what is known, Ctrl+Enter.
import { useState } from "react";
import type { ReportBody, ReportCategory } from "../../api/types.ts";
import { useWords } from "../../i18n/provide.tsx";
import { languagesOf, plain } from "../../i18n/text.ts";
import { ChoiceField } from "../../ui/form/choice-field.tsx";
import { ManyField, QuantitiesField, SourcesField, TimeField } from "../../ui/form/fields.tsx";
import { useFormTitle } from "../../ui/form/form-title.ts";
import { GradeField } from "../../ui/form/grade-field.tsx";
import { PlaceField } from "../../ui/form/place-field.tsx";
import { TextField } from "../../ui/form/text-field.tsx";
import { stepFrom } from "../../ui/form/time.ts";
import { useWriting } from "../../ui/form/use-writing.ts";
import { type FormProps, useWrong, WritingForm } from "../../ui/form/writing-form.tsx";
import { useRoom } from "../../ui/room.tsx";
import { ungraded } from "../../ui/show.tsx";
import { Telling } from "../../ui/tell.tsx";

const CATEGORIES: ReportCategory[] = [
  "attack",
  "thwarted-plot",
  "arrest",
  "threat-warning",
  "armed-clash",
  "smuggling-attempt",
  "border-incident",
  "movement",
  "violation",
  "displacement",
  "incitement",
  "statement",
];
const PRECISIONS = ["minute", "hour", "day", "month", "about"] as const;

type Unfinished = Omit<ReportBody, "category" | "place"> &
  Partial<Pick<ReportBody, "category" | "place">>;

const empty = (): Unfinished => ({
  title: {},
  when: { start: stepFrom(new Date(), 0), precision: "minute" },
  narrative: {},
  actors: [],
  quantities: [],
  grade: { reliability: "F", credibility: "6" },
  sources: [],
});
const titleOf = (body: Unfinished) => plain(body.title, "en");

export function Form(props: FormProps) {
  const { t } = useWords();
  const { me } = useRoom();
  const writing = useWriting(props.start, empty(), me.default_label, titleOf);
  const { body, set } = writing;
  const wrong = useWrong(writing.wrong);
  const title = useFormTitle(props.start);
  // Where a report has its source from the start, the source is what one looks at first.
  const [sourced] = useState(body.sources.length > 0);
  return (
    <WritingForm
      form={props}
      writing={writing}
      title={title}
      needed={[
        ["body.title", t("form.title"), languagesOf(body.title).length > 0],
        ["body.category", t("form.category"), body.category !== undefined],
        ["body.place", t("form.place"), body.place !== undefined],
        ["body.narrative", t("form.narrative"), languagesOf(body.narrative).length > 0],
      ]}
    >
      {body.sources.length > 0 && ungraded(body.grade) && (
        <div className="unverified">
          <Telling tone="warn">{t("reading.unverified.draft")}</Telling>
        </div>
      )}
      <TextField
        label={t("form.title")}
        field="body.title"
        hint={t("form.title.hint")}
        value={body.title}
        error={wrong("body.title")}
        onChange={(text) => set({ title: text })}
        required
        autoFocus
      />
      <ChoiceField
        label={t("form.category")}
        field="body.category"
        placeholder={t("form.category.hint")}
        value={body.category ?? null}
        error={wrong("body.category")}
        choices={CATEGORIES.map((each) => ({ value: each, label: t(`category.${each}`) }))}
        onChange={(value) => set({ category: value as ReportCategory })}
        required
      />
      <TimeField
        label={t("form.when")}
        field="body.when"
        value={body.when.start}
        error={wrong("body.when")}
        onChange={(start) => set({ when: { ...body.when, start } })}
        steps
        required
      />
      <PlaceField
        value={body.place}
        error={wrong("body.place")}
        onChange={(place) => set({ place })}
        radius
        required
      />
      <TextField
        label={t("form.narrative")}
        field="body.narrative"
        hint={t("form.narrative.hint")}
        value={body.narrative}
        error={wrong("body.narrative")}
        onChange={(text) => set({ narrative: text })}
        long
        required
      />
      <GradeField value={body.grade} onChange={(grade) => set({ grade })} />
      <details className="more" open={sourced}>
        <summary>{t("form.details")}</summary>
        <div className="stack">
          <ChoiceField
            label={t("form.precision")}
            field="body.when.precision"
            value={body.when.precision}
            choices={PRECISIONS.map((each) => ({ value: each, label: t(`precision.${each}`) }))}
            onChange={(value) =>
              set({ when: { ...body.when, precision: value as (typeof PRECISIONS)[number] } })
            }
          />
          <ManyField
            label={t("form.actors")}
            field="body.actors"
            value={body.actors}
            onChange={(actors) => set({ actors })}
          />
          <QuantitiesField value={body.quantities} onChange={(quantities) => set({ quantities })} />
          <SourcesField value={body.sources} onChange={(sources) => set({ sources })} />
        </div>
      </details>
    </WritingForm>
  );
}
