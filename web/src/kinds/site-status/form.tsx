// A site's state now: the site, one of four states, and two times with sensible defaults.
import { NumberInput, SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import type { Lang, SiteState, SiteStatusBody } from "../../api/types.ts";
import { useWords } from "../../i18n/provide.tsx";
import { plain } from "../../i18n/text.ts";
import { ChoiceField } from "../../ui/form/choice-field.tsx";
import { AmountField, TimeField } from "../../ui/form/fields.tsx";
import { useFormTitle } from "../../ui/form/form-title.ts";
import { TextField } from "../../ui/form/text-field.tsx";
import { stepFrom } from "../../ui/form/time.ts";
import { useWriting } from "../../ui/form/use-writing.ts";
import { type FormProps, useWrong, WritingForm } from "../../ui/form/writing-form.tsx";
import { useRoom } from "../../ui/room.tsx";

const STATES: SiteState[] = ["open", "restricted", "closed", "unknown"];
const DAY_MS = 86_400_000;
type Unfinished = Omit<SiteStatusBody, "site"> & { site?: string };
const empty = (): Unfinished => ({
  state: "open",
  as_of: stepFrom(new Date(), 0),
  stale_after: stepFrom(new Date(), DAY_MS),
});
const titleOf = (body: Unfinished) => plain(body.remark, "en");

export function Form(props: FormProps) {
  const { t, code } = useWords();
  const { me, state } = useRoom();
  const writing = useWriting(props.start, empty(), me.default_label, titleOf);
  const { body, set } = writing;
  const wrong = useWrong(writing.wrong);
  const sites = useQuery({
    queryKey: ["sites", state],
    queryFn: () => api.map({ state, kind: "site", limit: 500 }),
  });
  return (
    <WritingForm
      form={props}
      writing={writing}
      title={useFormTitle(props.start)}
      needed={[["body.site", t("form.site"), body.site !== undefined]]}
    >
      <ChoiceField
        label={t("form.site")}
        field="body.site"
        value={body.site ?? null}
        error={wrong("body.site")}
        placeholder={t("form.category.hint")}
        choices={(sites.data?.items ?? []).map((each) => ({
          value: each.item,
          label: plain(each.title, code as Lang),
        }))}
        onChange={(site) => set({ site })}
        required
      />
      <div>
        <div className="field-label" id="site-state">
          {t("form.status")}
        </div>
        <SegmentedControl
          fullWidth
          transitionDuration={0}
          aria-labelledby="site-state"
          value={body.state}
          data={STATES.map((each) => ({ value: each, label: t(`status.${each}`) }))}
          onChange={(value) => set({ state: value as SiteState })}
        />
      </div>
      <TextField
        label={t("form.for-whom")}
        field="body.for_whom"
        value={body.for_whom}
        onChange={(for_whom) => set({ for_whom })}
      />
      <AmountField
        label={t("form.occupancy")}
        value={body.occupancy}
        onChange={(occupancy) => set({ occupancy })}
      />
      <NumberInput
        label={t("form.staff")}
        hideControls
        min={0}
        value={body.staff ?? ""}
        onChange={(value) => set({ staff: value === "" ? undefined : Number(value) })}
      />
      <TimeField
        label={t("form.as-of")}
        field="body.as_of"
        value={body.as_of}
        error={wrong("body.as_of")}
        onChange={(as_of) => set({ as_of })}
        steps
      />
      <TimeField
        label={t("form.stale-after")}
        field="body.stale_after"
        value={body.stale_after}
        error={wrong("body.stale_after")}
        onChange={(stale_after) => set({ stale_after })}
      />
      <TextField
        label={t("form.remark")}
        field="body.remark"
        value={body.remark}
        onChange={(remark) => set({ remark })}
        long
      />
    </WritingForm>
  );
}
