// The open-source desk: what the press says, apart from graded material, and what people make of it.
import "./reading.css";
import { Button, SegmentedControl } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation, useSearch } from "wouter";
import { api } from "../../api/client.ts";
import { useWords } from "../../i18n/provide.tsx";
import { HandInForm } from "../../kinds/article/form.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Icon } from "../../ui/icons.tsx";
import { useTell } from "../../ui/notices.tsx";
import { useRoom } from "../../ui/room.tsx";
import { Answered, Empty } from "../../ui/tell.tsx";
import { OneArticle } from "./article.tsx";
import { Conflicts } from "./conflicts.tsx";
import { Feeds } from "./feeds.tsx";
import { List } from "./list.tsx";
import { Offices } from "./offices.tsx";
import { Rules } from "./rules.tsx";

const TABS = ["articles", "aside", "conflicts", "offices", "rules", "feeds"] as const;
type Tab = (typeof TABS)[number];

function Articles({ aside, onPaste }: { aside: boolean; onPaste: () => void }) {
  const { t } = useWords();
  const { state } = useRoom();
  const [path, go] = useLocation();
  const search = new URLSearchParams(useSearch());
  const answer = useQuery({
    queryKey: ["articles", state, aside],
    queryFn: () => api.articles(state, aside),
    refetchInterval: 60_000,
  });
  const choose = (id: string) => {
    search.set("article", id);
    go(`${path}?${search.toString()}`);
  };
  return (
    <Answered answer={answer}>
      {(list) => {
        const first = list.threads[0]?.stories[0]?.article.id;
        const chosen = search.get("article") ?? first ?? null;
        if (chosen === null || (first === undefined && search.get("article") === null))
          return (
            <Empty title={t(aside ? "reading.aside.none" : "reading.none")}>
              {!aside && (
                <>
                  {t("reading.none.about")}{" "}
                  <Button size="compact-sm" variant="default" onClick={onPaste}>
                    {t("reading.paste")}
                  </Button>
                </>
              )}
            </Empty>
          );
        return (
          <div className="reading">
            <List list={list} chosen={chosen} onChoose={choose} />
            <OneArticle key={chosen} id={chosen} />
          </div>
        );
      }}
    </Answered>
  );
}

export default function ReadingPage() {
  const { t } = useWords();
  const tell = useTell();
  const { state } = useRoom();
  const [, go] = useLocation();
  const queries = useQueryClient();
  const search = new URLSearchParams(useSearch());
  const [pasting, setPasting] = useState(false);
  const tab = TABS.find((each) => each === search.get("tab")) ?? "articles";
  const onTab = (next: string) => go(next === "articles" ? "/reading" : `/reading?tab=${next}`);
  const shown: Record<Tab, () => React.ReactNode> = {
    articles: () => <Articles key="list" aside={false} onPaste={() => setPasting(true)} />,
    aside: () => <Articles key="aside" aside onPaste={() => setPasting(true)} />,
    conflicts: () => <Conflicts />,
    offices: () => <Offices />,
    rules: () => <Rules />,
    feeds: () => <Feeds />,
  };
  return (
    <div className="page reading-page">
      <header className="page-head">
        <div>
          <h1>{t("page.reading")}</h1>
          <p>{t("reading.about")}</p>
        </div>
        <Button leftSection={<Icon name="plus" size={17} />} onClick={() => setPasting(true)}>
          {t("reading.paste")}
        </Button>
      </header>
      <div className="reading-tabs">
        <SegmentedControl
          transitionDuration={0}
          aria-label={t("page.reading")}
          value={tab}
          data={TABS.map((each) => ({ value: each, label: t(`reading.tab.${each}`) }))}
          onChange={onTab}
        />
      </div>
      {shown[tab]()}
      {pasting && (
        <Dialog size="lg" title={t("reading.paste")} onClose={() => setPasting(false)}>
          <HandInForm
            state={state}
            onClose={() => setPasting(false)}
            onDone={(handed) => {
              setPasting(false);
              void queries.invalidateQueries({ queryKey: ["articles"] });
              tell(t(handed.known ? "reading.known" : "reading.handed-in"), { tone: "good" });
              go(`/reading?article=${handed.id}`);
            }}
          />
        </Dialog>
      )}
    </div>
  );
}
