// Around the fields of every kind: keys, what is missing, the draft's state, and the way out.
import "./form.css";
import { Button } from "@mantine/core";
import { type KeyboardEvent, type ReactNode, useRef } from "react";
import type { Written } from "../../api/types.ts";
import { useWords } from "../../i18n/provide.tsx";
import { isCtrlEnter } from "../frame/keys.ts";
import { Icon } from "../icons.tsx";
import { useTell } from "../notices.tsx";
import { Refused, reasonText, Telling } from "../tell.tsx";
import { LabelField, PrecedenceField } from "./label-field.tsx";
import { pick } from "./pick.ts";
import type { Saved, Start, Writing, Wrong } from "./use-writing.ts";

export type FormProps = {
  start: Start;
  onDone: (written: Written, thenRelease: boolean) => void;
  onClose: () => void;
  onDiscard: (bringBack: () => Promise<void>) => void;
};

function SavedSign({ saved }: { saved: Saved }) {
  const words = useWords();
  const text =
    saved.is === "saved"
      ? words.t("form.saved", { at: words.clock(saved.at) })
      : saved.is === "saving"
        ? words.t("form.saving")
        : saved.is === "unsaved"
          ? words.t("form.unsaved")
          : "";
  return (
    <span className={saved.is === "unsaved" ? "small alarm" : "small soft"} role="status">
      {saved.is === "saved" && <Icon name="check" size={14} />} {text}
    </span>
  );
}

/** What must be filled in, as [field, name of the field, is it there]. */
export type Needed = [field: string, name: string, there: boolean];

export function WritingForm<B>(props: {
  form: FormProps;
  writing: Writing<B>;
  title: string;
  needed: Needed[];
  children: ReactNode;
  bare?: boolean;
}) {
  const words = useWords();
  const { t } = words;
  const tell = useTell();
  const { writing, form } = props;
  const node = useRef<HTMLFormElement>(null);

  const focus = (field: string) =>
    node.current?.querySelector<HTMLElement>(`[data-field="${CSS.escape(field)}"]`)?.focus();

  const send = async (thenRelease: boolean) => {
    const wrong: Wrong = {};
    for (const [field, , there] of props.needed) if (!there) wrong[field] = "missing";
    writing.setWrong(wrong);
    const first = Object.keys(wrong)[0];
    if (first !== undefined) return focus(first);
    const written = await writing.send();
    if (written === null) return;
    tell(t("form.sent"), { tone: "good" });
    form.onDone(written, thenRelease);
  };
  const discard = async () => {
    form.onDiscard(await writing.discard());
  };
  const heard = (event: KeyboardEvent) => {
    if (isCtrlEnter(event)) {
      event.preventDefault();
      void send(event.shiftKey);
    }
    // An open list closes first; only then does Esc mean the form.
    const listOpen = node.current?.querySelector("[aria-expanded=true]");
    if (event.key === "Escape" && !event.defaultPrevented && !listOpen) {
      if (pick.get().asking) pick.cancel();
      else form.onClose();
    }
  };
  const missing = props.needed.filter(([field]) => writing.wrong[field] === "missing");

  return (
    <form
      ref={node}
      className="writing"
      noValidate
      aria-label={props.title}
      onKeyDown={heard}
      onSubmit={(event) => {
        event.preventDefault();
        void send(false);
      }}
    >
      <header className="writing-head">
        <h2>{props.title}</h2>
        <button type="button" className="bare" aria-label={t("do.close")} onClick={form.onClose}>
          <Icon name="close" />
        </button>
      </header>
      <div className="writing-body">
        {form.start.restored && (
          <Telling>{t("form.restored", { at: words.moment(form.start.restored) })}</Telling>
        )}
        {props.children}
        {!props.bare && (
          <fieldset className="writing-label">
            <legend>{t("form.label")}</legend>
            <LabelField
              value={writing.content.label}
              wrong={Object.fromEntries(
                Object.entries(writing.wrong).map(([field, code]) => [
                  field,
                  reasonText(words, code, code),
                ]),
              )}
              onChange={(label) => writing.mark({ label })}
            />
            <PrecedenceField
              value={writing.content.precedence}
              onChange={(precedence) => writing.mark({ precedence })}
            />
          </fieldset>
        )}
      </div>
      <footer className="writing-foot">
        {writing.refused !== null && <Refused error={writing.refused} />}
        {missing.length > 0 && (
          <Telling tone="alarm" live>
            {t("form.missing", { fields: words.list(missing.map(([, name]) => name)) })}
          </Telling>
        )}
        <div className="row wide">
          <SavedSign saved={writing.saved} />
          <div className="row">
            <Button variant="subtle" color="red" size="compact-sm" onClick={() => void discard()}>
              {t("form.discard")}
            </Button>
            <Button variant="default" disabled={writing.sending} onClick={() => void send(true)}>
              {t("form.send-release")}
            </Button>
            <Button type="submit" loading={writing.sending} title="Ctrl+Enter">
              {t("form.send")}
            </Button>
          </div>
        </div>
      </footer>
    </form>
  );
}

/** The sentence under a field that is missing or was refused. */
export function useWrong(wrong: Wrong): (field: string) => string | undefined {
  const words = useWords();
  return (field) => {
    const code = wrong[field];
    if (code === undefined) return undefined;
    return code === "missing" ? words.t("form.required") : reasonText(words, code, code);
  };
}
