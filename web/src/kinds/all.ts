// The list of kinds this screen knows; every other kind is shown as "record of a newer kind".
import type { Item, ItemBrief } from "../api/types.ts";
import { glyphOf, type Mark } from "../ui/mark.tsx";
import * as article from "./article/layer.ts";
import { Panel as ArticlePanel } from "./article/panel.tsx";
import { Form as CommitmentForm } from "./commitment/form.tsx";
import * as commitment from "./commitment/layer.ts";
import { Panel as CommitmentPanel } from "./commitment/panel.tsx";
import type { KindParts } from "./kind.ts";
import { Form as MeetingForm } from "./meeting/form.tsx";
import * as meeting from "./meeting/layer.ts";
import { Panel as MeetingPanel } from "./meeting/panel.tsx";
import * as message from "./message/layer.ts";
import { Panel as MessagePanel } from "./message/panel.tsx";
import { Form as NoteForm } from "./note/form.tsx";
import * as note from "./note/layer.ts";
import { Panel as NotePanel } from "./note/panel.tsx";
import { Form as ReportForm } from "./report/form.tsx";
import * as report from "./report/layer.ts";
import { Panel as ReportPanel } from "./report/panel.tsx";
import { Form as SiteForm } from "./site/form.tsx";
import * as site from "./site/layer.ts";
import { Panel as SitePanel } from "./site/panel.tsx";
import { Form as StatusForm } from "./site-status/form.tsx";
import * as status from "./site-status/layer.ts";
import { Panel as StatusPanel } from "./site-status/panel.tsx";

export const kinds: Record<string, KindParts> = {
  report: { ...report, Panel: ReportPanel, Form: ReportForm },
  site: { ...site, Panel: SitePanel, Form: SiteForm },
  "site-status": {
    ...status,
    Panel: StatusPanel,
    Form: StatusForm,
    begin: (about: Item) => ({ site: about.item, state: about.status ?? "open" }),
  },
  meeting: { ...meeting, Panel: MeetingPanel, Form: MeetingForm },
  commitment: {
    ...commitment,
    Panel: CommitmentPanel,
    Form: CommitmentForm,
    begin: (about: Item) => ({ meeting: about.item }),
  },
  note: {
    ...note,
    Panel: NotePanel,
    Form: NoteForm,
    begin: (about: Item) => ({ about: about.item }),
  },
  message: { ...message, Panel: MessagePanel },
  article: { ...article, Panel: ArticlePanel },
};

/** The sign of an item: its kind's own, with what every kind shares. */
export function markOf(item: ItemBrief): Mark {
  const own = kinds[item.kind]?.mark(item) ?? {
    frame: "plate",
    glyph: glyphOf("newer"),
    tone: "quiet",
  };
  return {
    ...own,
    ...(item.precedence === "FLASH" ? { flash: true } : {}),
    ...(item.disputed ? { disputed: true } : {}),
  };
}

/** The locale key of what an item is in one word. */
export const wordOf = (item: ItemBrief): string => {
  const parts = kinds[item.kind];
  return (parts ? parts.word(item) : undefined) || (parts ? `kind.${item.kind}` : "kind.newer");
};
