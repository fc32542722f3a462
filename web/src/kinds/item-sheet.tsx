// One item with everything known about it; the same on its own page and beside the map.
import "./sheet.css";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation } from "wouter";
import { api, Refusal } from "../api/client.ts";
import type { Item } from "../api/types.ts";
import { useWords } from "../i18n/provide.tsx";
import { Icon } from "../ui/icons.tsx";
import { MarkSign } from "../ui/mark.tsx";
import { usePartnerName, useRoom } from "../ui/room.tsx";
import { Chip, PrecedenceSign, Said, TlpSign } from "../ui/signs.tsx";
import { Empty, Refused, Waiting } from "../ui/tell.tsx";
import { kinds, markOf, wordOf } from "./all.ts";
import { Parts } from "./item-parts.tsx";
import { RecallDialog } from "./recall-dialog.tsx";

function Actions({ item, onRecall }: { item: Item; onRecall: () => void }) {
  const { t } = useWords();
  const { me } = useRoom();
  const [, go] = useLocation();
  const ours = item.records.find((each) => each.ours && !each.superseded);
  const { actions } = item;
  const write = (kind: string, more = "") => go(`/new/${kind}?about=${item.item}${more}`);
  return (
    <div className="row" role="toolbar" aria-label={t("item.actions")}>
      {actions.release && (
        <Button
          size="compact-sm"
          leftSection={<Icon name="release" size={16} />}
          onClick={() => go(`/release/${item.item}`)}
        >
          {t("item.release")}
        </Button>
      )}
      {item.kind === "site" && me.may.write.includes("site-status") && (
        <Button size="compact-sm" variant="default" onClick={() => write("site-status")}>
          {t("item.status")}
        </Button>
      )}
      {actions.correct && ours && kinds[ours.kind]?.Form && (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<Icon name="pen" size={16} />}
          onClick={() => write(ours.kind, `&replaces=${ours.digest}`)}
        >
          {t("item.correct")}
        </Button>
      )}
      {actions.note && (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<Icon name="note" size={16} />}
          onClick={() => write("note")}
        >
          {t("item.note")}
        </Button>
      )}
      {actions.recall && (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<Icon name="recall" size={16} />}
          onClick={onRecall}
        >
          {t("item.recall")}
        </Button>
      )}
    </div>
  );
}

function Head({
  item,
  page,
  onClose,
}: {
  item: Item;
  page: boolean;
  onClose?: (() => void) | undefined;
}) {
  const { t, perhaps } = useWords();
  const name = usePartnerName();
  const [, go] = useLocation();
  const [recalling, setRecalling] = useState(false);
  const Title = page ? "h1" : "h2";
  return (
    <header className="sheet-head">
      <div className="sheet-title">
        <MarkSign mark={markOf(item)} size={page ? 38 : 32} />
        <Title>
          <Said text={item.title} />
        </Title>
        {!page && (
          <button
            type="button"
            className="bare"
            aria-label={t("item.full")}
            title={t("item.full")}
            onClick={() => go(`/item/${item.item}`)}
          >
            <Icon name="open" size={19} />
          </button>
        )}
        {onClose && (
          <button type="button" className="bare" aria-label={t("do.close")} onClick={onClose}>
            <Icon name="close" size={19} />
          </button>
        )}
      </div>
      <div className="row small">
        <TlpSign tlp={item.tlp} />
        <PrecedenceSign precedence={item.precedence} />
        <span>{perhaps(wordOf(item)) ?? item.kind}</span>
        {item.status && <Chip>{perhaps(`status.${item.status}`) ?? item.status}</Chip>}
        {item.stale && <Chip tone="dashed">{t("map.stale")}</Chip>}
        {item.disputed && <Chip tone="warn">{t("map.disputed")}</Chip>}
        <span className="soft">{t("item.by", { originator: name(item.originator) })}</span>
      </div>
      <Actions item={item} onRecall={() => setRecalling(true)} />
      {recalling && <RecallDialog item={item} onClose={() => setRecalling(false)} />}
    </header>
  );
}

export const useItem = (item: string) => {
  const { state } = useRoom();
  return useQuery({ queryKey: ["item", item, state], queryFn: () => api.item(item, state) });
};

export function ItemSheet({
  item,
  page = false,
  onClose,
}: {
  item: string;
  page?: boolean;
  onClose?: () => void;
}) {
  const { t } = useWords();
  const answer = useItem(item);
  const error = answer.error;
  // Text that was taken back must not stay on the screen because an old answer is still held.
  if (error instanceof Refusal && error.status === 404)
    return (
      <div className="sheet">
        <Empty title={t("item.gone")}>{t("item.gone.about")}</Empty>
        {onClose && (
          <div className="row" style={{ justifyContent: "center" }}>
            <Button variant="default" onClick={onClose}>
              {t("do.close")}
            </Button>
          </div>
        )}
      </div>
    );
  if (answer.data === undefined)
    return answer.error ? <Refused error={answer.error} /> : <Waiting />;
  return (
    <article className="sheet" data-item={item}>
      <Head item={answer.data} page={page} onClose={onClose} />
      <div className="sheet-body">
        <Parts item={answer.data} onChanged={() => void answer.refetch()} />
      </div>
    </article>
  );
}
