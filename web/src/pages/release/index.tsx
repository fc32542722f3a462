// The release sheet: choose what and to whom, and read exactly what each partner would hold.
import "./release.css";
import { Button, Textarea } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useLocation, useParams } from "wouter";
import { api } from "../../api/client.ts";
import type { Item } from "../../api/types.ts";
import { useWords } from "../../i18n/provide.tsx";
import { useItem } from "../../kinds/item-sheet.tsx";
import { GoesTo, WouldHold } from "../../kinds/release-lines.tsx";
import { highest } from "../../picture/order.ts";
import { PrecedenceField } from "../../ui/form/label-field.tsx";
import { isCtrlEnter } from "../../ui/frame/keys.ts";
import { useTell } from "../../ui/notices.tsx";
import { useShown } from "../../ui/shown.ts";
import { Said } from "../../ui/signs.tsx";
import { Answered, Empty, Refused } from "../../ui/tell.tsx";
import { Onward, Records, Tightening, ToWhom } from "./choices.tsx";
import { usePreview, useSheet } from "./use-sheet.ts";

function SheetOf({ item }: { item: Item }) {
  const { t } = useWords();
  const tell = useTell();
  const [, go] = useLocation();
  const queries = useQueryClient();
  const sheet = useSheet(item);
  const { ask, set } = sheet;
  const preview = usePreview(ask);
  const [refused, setRefused] = useState<unknown>(null);
  const [asking, setAsking] = useState(false);
  const [late, setLate] = useState<string | null>(null);
  useShown(useMemo(() => highest(sheet.ours.map((held) => held.label.tlp)), [sheet.ours]));
  const lines = preview.data?.partners ?? [];

  if (sheet.ours.length === 0) return <Empty title={t("release.no-records")} />;
  const send = async () => {
    setLate(
      ask.digests.length === 0
        ? t("release.needs-record")
        : ask.to.length === 0
          ? t("release.needs-partner")
          : null,
    );
    if (ask.digests.length === 0 || ask.to.length === 0) return;
    setAsking(true);
    setRefused(null);
    try {
      await api.askRelease(ask);
      await queries.invalidateQueries({ queryKey: ["releases"] });
      void queries.invalidateQueries({ queryKey: ["item", item.item] });
      tell(t("release.asked"), { tone: "good" });
      go("/releases");
    } catch (error) {
      setRefused(error);
      setAsking(false);
    }
  };
  return (
    <form
      className="release"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
      onKeyDown={(event) => {
        if (isCtrlEnter(event)) {
          event.preventDefault();
          void send();
        }
      }}
    >
      <div className="release-choices panel stack">
        <Records item={item} sheet={sheet} />
        <ToWhom sheet={sheet} />
        <Onward sheet={sheet} />
        <PrecedenceField value={ask.precedence} onChange={(precedence) => set({ precedence })} />
        <Tightening sheet={sheet} />
        <Textarea
          label={t("release.remark")}
          dir="auto"
          rows={2}
          value={ask.remark ?? ""}
          onChange={(event) => set({ remark: event.currentTarget.value })}
        />
      </div>
      <div className="release-preview stack">
        <GoesTo lines={lines} />
        {preview.error && <Refused error={preview.error} />}
        {refused !== null && <Refused error={refused} />}
        {late && (
          <p className="alarm" role="alert">
            {late}
          </p>
        )}
        <div className="row end">
          <Button variant="default" onClick={() => go(`/?item=${item.item}`)}>
            {t("do.cancel")}
          </Button>
          <Button type="submit" loading={asking} title="Ctrl+Enter">
            {t("release.ask")}
          </Button>
        </div>
        <h2>{t("release.exact")}</h2>
        <WouldHold lines={lines} />
      </div>
    </form>
  );
}

export default function ReleasePage() {
  const { t } = useWords();
  const { item: id = "" } = useParams<{ item: string }>();
  const answer = useItem(id);
  return (
    <div className="page">
      <Answered answer={answer}>
        {(item) => (
          <>
            <header className="page-head">
              <h1>
                {t("page.release")}: <Said text={item.title} />
              </h1>
              <p>{t("release.about")}</p>
            </header>
            <SheetOf key={item.item} item={item} />
          </>
        )}
      </Answered>
    </div>
  );
}
