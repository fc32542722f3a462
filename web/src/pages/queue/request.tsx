// One request for release: what leaves, over which digest one signs, and the two answers.
import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api } from "../../api/client.ts";
import type { Lang, Release } from "../../api/types.ts";
import { useWords } from "../../i18n/provide.tsx";
import { plain } from "../../i18n/text.ts";
import { GoesTo, WouldHold } from "../../kinds/release-lines.tsx";
import { AskDialog, ReasonDialog } from "../../ui/ask-dialog.tsx";
import { isCtrlEnter } from "../../ui/frame/keys.ts";
import { Icon } from "../../ui/icons.tsx";
import { useTell } from "../../ui/notices.tsx";
import { useRoom, useSeatOf } from "../../ui/room.tsx";
import { Moment, Written } from "../../ui/signs.tsx";
import { Refused, reasonText, Telling } from "../../ui/tell.tsx";

type Step = "none" | "signing" | "returning";

function useSettled() {
  const tell = useTell();
  const queries = useQueryClient();
  return (said: string) => {
    tell(said, { tone: "good" });
    void queries.invalidateQueries({ queryKey: ["releases"] });
    void queries.invalidateQueries({ queryKey: ["item"] });
  };
}

function SignDialog({ release, onClose }: { release: Release; onClose: () => void }) {
  const words = useWords();
  const { t } = words;
  const { me } = useRoom();
  const seat = useSeatOf();
  const settled = useSettled();
  const sign = async () => {
    await api.sign(release.id, release.digest_of_request);
    settled(t("queue.signed"));
  };
  return (
    <AskDialog
      title={t("queue.confirm")}
      deed={t("queue.sign")}
      icon={<Icon name="sign" size={17} />}
      plain
      onDeed={sign}
      onClose={onClose}
    >
      <p>
        {t("queue.confirm.about", {
          partner: plain(me.partner.names, words.code as Lang),
          partners: words.list(release.to.map(seat)),
        })}
      </p>
      <p className="small">
        {t("queue.digest")}: <Digest release={release} />
      </p>
    </AskDialog>
  );
}

function ReturnDialog({ release, onClose }: { release: Release; onClose: () => void }) {
  const { t } = useWords();
  const settled = useSettled();
  const giveBack = async (reason: string) => {
    await api.giveBack(release.id, reason);
    settled(t("queue.returned", { person: release.requested_by.name }));
  };
  return (
    <ReasonDialog
      title={t("queue.return")}
      label={t("queue.return.reason")}
      deed={t("queue.return")}
      onDeed={giveBack}
      onClose={onClose}
    />
  );
}

/** The first and last letters: enough to compare by voice. */
function Digest({ release }: { release: Release }) {
  const digest = release.digest_of_request;
  return (
    <bdi dir="ltr" className="mono" title={digest}>
      {digest.slice(0, 8)} {digest.slice(8, 16)} … {digest.slice(-8)}
    </bdi>
  );
}

function Decided({ release }: { release: Release }) {
  const { t } = useWords();
  return (
    <Telling tone={release.state === "signed" ? "good" : "plain"}>
      {t(`release-state.${release.state}`, { person: release.decided_by?.name ?? "" })}{" "}
      {release.decided_at && <Moment iso={release.decided_at} />}
      {release.reason && (
        <div>
          <Written text={release.reason} />
        </div>
      )}
    </Telling>
  );
}

export function Request({ release }: { release: Release }) {
  const words = useWords();
  const { t } = words;
  const [step, setStep] = useState<Step>("none");
  const open = release.state === "open";
  const preview = useQuery({
    queryKey: ["preview", "queue", release.id],
    queryFn: () =>
      api.preview({
        digests: release.digests,
        to: release.to,
        onward: release.onward,
        precedence: release.precedence,
        ...(release.tighten ? { tighten: release.tighten } : {}),
      }),
    enabled: open,
  });
  const lines = preview.data?.partners ?? [];

  useEffect(() => {
    if (!open || !release.may_sign || step !== "none") return;
    const heard = (event: KeyboardEvent) => {
      if (isCtrlEnter(event)) setStep("signing");
    };
    document.addEventListener("keydown", heard);
    return () => document.removeEventListener("keydown", heard);
  }, [open, release.may_sign, step]);

  return (
    <section className="request stack" aria-label={t("release.exact")}>
      {open ? <GoesTo lines={lines} /> : <Decided release={release} />}
      {preview.error && <Refused error={preview.error} />}
      {release.remark && (
        <Telling>
          <strong>{t("queue.remark")}:</strong> <Written text={release.remark} />
        </Telling>
      )}
      {open && !release.may_sign && (
        <Telling tone="warn">
          <strong>{t("queue.may-not")}.</strong>{" "}
          {release.why_not && reasonText(words, release.why_not, release.why_not)}
        </Telling>
      )}
      <div className="row wide">
        <span className="small soft">
          {t("queue.digest")}: <Digest release={release} />
        </span>
        {open && release.may_sign && (
          <span className="row">
            <Button variant="default" onClick={() => setStep("returning")}>
              {t("queue.return")}
            </Button>
            <Button
              leftSection={<Icon name="sign" size={17} />}
              title="Ctrl+Enter"
              disabled={preview.data === undefined}
              onClick={() => setStep("signing")}
            >
              {t("queue.sign")}
            </Button>
          </span>
        )}
      </div>
      <WouldHold lines={lines} />
      {step === "signing" && <SignDialog release={release} onClose={() => setStep("none")} />}
      {step === "returning" && <ReturnDialog release={release} onClose={() => setStep("none")} />}
    </section>
  );
}
