// What goes, to whom, whether they may pass it on, and whether the label is tightened for it.
import { Button, Checkbox, Radio, Select } from "@mantine/core";
import { useLocation } from "wouter";
import type { Handling, Held, Item, Tighten, Tlp } from "../../api/types.ts";
import { useWords } from "../../i18n/provide.tsx";
import { HANDLINGS, TLPS } from "../../ui/form/label-field.tsx";
import { Icon } from "../../ui/icons.tsx";
import { useOthers, useSeatName } from "../../ui/room.tsx";
import { TlpSign, Written } from "../../ui/signs.tsx";
import type { Sheet } from "./use-sheet.ts";

function RecordName({ held }: { held: Held }) {
  const { t, perhaps } = useWords();
  return (
    <span className="row">
      {perhaps(`kind.${held.kind}`) ?? held.kind}
      {" · "}
      {held.variant > 0 ? t("item.tear-line", { variant: held.variant }) : t("release.full")}
      {held.version > 1 && <> · {t("item.version", { version: held.version })}</>}
      <TlpSign tlp={held.label.tlp} />
    </span>
  );
}

export function Records({ item, sheet }: { item: Item; sheet: Sheet }) {
  const { t } = useWords();
  const [, go] = useLocation();
  const full = item.records.find((held) => held.ours && !held.superseded && held.variant === 0);
  const next = 1 + Math.max(0, ...item.records.map((held) => held.variant));
  return (
    <div className="stack tight">
      <Checkbox.Group
        label={t("release.records")}
        value={sheet.ask.digests}
        onChange={(digests) => sheet.set({ digests })}
      >
        <div className="stack tight choice-list">
          {sheet.ours.map((held) => (
            <Checkbox key={held.digest} value={held.digest} label={<RecordName held={held} />} />
          ))}
        </div>
      </Checkbox.Group>
      {full && (
        <div>
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<Icon name="pen" size={15} />}
            onClick={() =>
              go(`/new/${full.kind}?about=${item.item}&replaces=${full.digest}&variant=${next}`)
            }
          >
            {t("release.tear-line")}
          </Button>
          <p className="small soft">{t("release.tear-line.about")}</p>
        </div>
      )}
    </div>
  );
}

export function ToWhom({ sheet }: { sheet: Sheet }) {
  const { t } = useWords();
  const others = useOthers();
  const seat = useSeatName();
  return (
    <Checkbox.Group
      label={t("release.to")}
      value={sheet.ask.to}
      onChange={(to) => sheet.set({ to })}
    >
      <div className="stack tight choice-list">
        {others.map((partner) => (
          <Checkbox
            key={partner.id}
            value={partner.id}
            label={
              <>
                <Written text={seat(partner)} /> <span className="soft">{partner.id}</span>
              </>
            }
          />
        ))}
      </div>
    </Checkbox.Group>
  );
}

export function Onward({ sheet }: { sheet: Sheet }) {
  const { t } = useWords();
  const others = useOthers();
  const seat = useSeatName();
  return (
    <div className="stack tight">
      <Radio.Group
        label={t("release.onward")}
        value={sheet.passOn ? "yes" : "no"}
        onChange={(value) => sheet.setPassOn(value === "yes")}
      >
        <div className="stack tight choice-list">
          <Radio value="no" label={t("release.onward.none")} />
          <Radio value="yes" label={t("release.onward.to")} />
        </div>
      </Radio.Group>
      {sheet.passOn && (
        <Checkbox.Group
          aria-label={t("release.onward.to")}
          value={sheet.ask.onward}
          onChange={(onward) => sheet.set({ onward })}
        >
          <div className="checks">
            {others.map((partner) => (
              <Checkbox
                key={partner.id}
                value={partner.id}
                label={<Written text={seat(partner)} />}
              />
            ))}
          </div>
        </Checkbox.Group>
      )}
    </div>
  );
}

export function Tightening({ sheet }: { sheet: Sheet }) {
  const { t } = useWords();
  const tighten = sheet.ask.tighten ?? {};
  const set = (patch: Tighten) => {
    const next = { ...tighten, ...patch };
    if (!next.tlp) delete next.tlp;
    if (!next.handling) delete next.handling;
    sheet.set({ tighten: Object.keys(next).length === 0 ? undefined : next });
  };
  const asIs = { value: "", label: t("release.tighten.none") };
  return (
    <details className="more">
      <summary>{t("release.tighten")}</summary>
      <div className="pair">
        <Select
          label={t("form.tlp")}
          allowDeselect={false}
          value={tighten.tlp ?? ""}
          data={[asIs, ...TLPS.map((each) => ({ value: each, label: `TLP:${each}` }))]}
          onChange={(value) => set({ tlp: (value || undefined) as Tlp | undefined })}
        />
        <Select
          label={t("form.handling")}
          allowDeselect={false}
          value={tighten.handling ?? ""}
          data={[asIs, ...HANDLINGS.map((each) => ({ value: each, label: each }))]}
          onChange={(value) => set({ handling: (value || undefined) as Handling | undefined })}
        />
      </div>
    </details>
  );
}
