// Taking a record back: why, until when it must be gone, from whom.
import { Checkbox, Radio, SegmentedControl, Select } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation } from "wouter";
import { api } from "../api/client.ts";
import type { Held, Item } from "../api/types.ts";
import { useWords } from "../i18n/provide.tsx";
import { AskDialog, ReasonField } from "../ui/ask-dialog.tsx";
import { stepFrom } from "../ui/form/time.ts";
import { useTell } from "../ui/notices.tsx";
import { useOthers, useSeatName } from "../ui/room.tsx";
import { Written } from "../ui/signs.tsx";

const HOURS = ["1", "6", "24", "72"];
const HOUR_MS = 3_600_000;

function holders(held: Held | undefined): Set<string> {
  const releases = held?.whereabouts?.releases ?? [];
  return new Set(releases.flatMap((release) => release.to.map((each) => each.partner)));
}

export function RecallDialog({ item, onClose }: { item: Item; onClose: () => void }) {
  const words = useWords();
  const { t } = words;
  const tell = useTell();
  const [, go] = useLocation();
  const queries = useQueryClient();
  const seat = useSeatName();
  const others = useOthers();
  const ours = item.records.filter((each) => each.ours);
  const [digest, setDigest] = useState(
    ours.find((each) => holders(each).size > 0)?.digest ?? ours[0]?.digest ?? "",
  );
  const [reason, setReason] = useState("");
  const [hours, setHours] = useState("6");
  const [some, setSome] = useState<"all" | "some">("all");
  const [from, setFrom] = useState<string[]>([]);
  const held = ours.find((each) => each.digest === digest);
  const where = others.filter((each) => holders(held).has(each.id));

  const recall = async () => {
    await api.recall({
      digest,
      reason: reason.trim(),
      gone_by: stepFrom(new Date(), Number(hours) * HOUR_MS),
      ...(some === "some" ? { only_from: from } : {}),
    });
    await queries.invalidateQueries({ queryKey: ["recalls"] });
    void queries.invalidateQueries({ queryKey: ["item", item.item] });
    tell(t("recall.done"), { tone: "good" });
    go(`/recalls?digest=${digest}`);
  };
  return (
    <AskDialog
      title={t("recall.title")}
      deed={t("recall.do")}
      color="red.9"
      ready={reason.trim() !== "" && digest !== "" && (some === "all" || from.length > 0)}
      onDeed={recall}
      onClose={onClose}
    >
      <p className="small">{t("recall.about")}</p>
      {ours.length > 1 && (
        <Select
          label={t("recall.which")}
          value={digest}
          allowDeselect={false}
          data={ours.map((each) => ({
            value: each.digest,
            label: `${t("item.version", { version: each.version })}${each.variant > 0 ? ` · ${t("item.tear-line", { variant: each.variant })}` : ""} · ${words.moment(each.made_at)}`,
          }))}
          onChange={(value) => value !== null && setDigest(value)}
        />
      )}
      <ReasonField label={t("recall.reason")} value={reason} onChange={setReason} />
      <div>
        <div className="field-label" id="gone-by">
          {t("recall.gone-by")}
        </div>
        <SegmentedControl
          fullWidth
          transitionDuration={0}
          aria-labelledby="gone-by"
          value={hours}
          data={HOURS.map((each) => ({
            value: each,
            label: t("recall.in-hours", { count: Number(each) }),
          }))}
          onChange={setHours}
        />
      </div>
      {where.length > 1 && (
        <Radio.Group label={t("recall.from")} value={some} onChange={(v) => setSome(v as "all")}>
          <div className="stack tight">
            <Radio value="all" label={t("recall.from-all")} />
            <Radio value="some" label={t("recall.from-some")} />
          </div>
        </Radio.Group>
      )}
      {some === "some" && (
        <Checkbox.Group value={from} onChange={setFrom} aria-label={t("recall.from-some")}>
          <div className="checks">
            {where.map((each) => (
              <Checkbox key={each.id} value={each.id} label={<Written text={seat(each)} />} />
            ))}
          </div>
        </Checkbox.Group>
      )}
    </AskDialog>
  );
}
