// Meetings and what was promised there: due, late and met at a glance.
import "./meetings.css";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { Link, useLocation } from "wouter";
import { api } from "../../api/client.ts";
import type { CommitmentBody, Item, MeetingBody } from "../../api/types.ts";
import { useWords } from "../../i18n/provide.tsx";
import { highest } from "../../picture/order.ts";
import { useRoom } from "../../ui/room.tsx";
import { When } from "../../ui/show.tsx";
import { useShown } from "../../ui/shown.ts";
import { Said, TlpSign } from "../../ui/signs.tsx";
import { Answered, Empty } from "../../ui/tell.tsx";
import { Promises } from "./promises.tsx";

const bodyOf = <B,>(item: Item): B | null =>
  (item.records.find((held) => !held.superseded)?.body ?? null) as B | null;

function Meeting({ item, promises }: { item: Item; promises: Item[] }) {
  const { t } = useWords();
  const body = bodyOf<MeetingBody>(item);
  return (
    <article className="panel stack">
      <header className="row wide">
        <div>
          <h2>
            <Link href={`/item/${item.item}`}>
              <Said text={item.title} />
            </Link>
          </h2>
          {body && (
            <p className="small soft">
              {body.round != null && <>{t("meetings.round", { round: body.round })} · </>}
              <When when={body.when} /> · <Said text={body.place.name} /> ·{" "}
              {t("meetings.participants", { count: body.participants.length })}
            </p>
          )}
        </div>
        <TlpSign tlp={item.tlp} />
      </header>
      <Promises promises={promises} bodyOf={(each) => bodyOf<CommitmentBody>(each)} />
    </article>
  );
}

function Board({ items }: { items: Item[] }) {
  const { t } = useWords();
  const meetings = items.filter((item) => item.kind === "meeting");
  const promises = items.filter((item) => item.kind === "commitment");
  const of = (item: Item) =>
    promises.filter((each) => bodyOf<CommitmentBody>(each)?.meeting === item.item);
  const known = new Set(meetings.map((item) => item.item));
  const loose = promises.filter((each) => {
    const meeting = bodyOf<CommitmentBody>(each)?.meeting;
    return !meeting || !known.has(meeting);
  });
  useShown(useMemo(() => highest(items.map((item) => item.tlp)), [items]));
  if (items.length === 0)
    return <Empty title={t("meetings.none")}>{t("meetings.none.about")}</Empty>;
  return (
    <div className="stack">
      {meetings.map((item) => (
        <Meeting key={item.item} item={item} promises={of(item)} />
      ))}
      {loose.length > 0 && (
        <article className="panel stack">
          <h2>{t("meetings.loose")}</h2>
          <Promises promises={loose} bodyOf={(each) => bodyOf<CommitmentBody>(each)} />
        </article>
      )}
    </div>
  );
}

export default function MeetingsPage() {
  const { t } = useWords();
  const { me, state } = useRoom();
  const [, go] = useLocation();
  const answer = useQuery({
    queryKey: ["pacts", state],
    queryFn: async () =>
      (await api.picture({ state, kind: "meeting,commitment", limit: 200 })).items,
  });
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1>{t("page.meetings")}</h1>
          <p>{t("meetings.about")}</p>
        </div>
        <div className="row">
          {me.may.write.includes("meeting") && (
            <Button variant="default" onClick={() => go("/new/meeting")}>
              {t("meetings.new")}
            </Button>
          )}
          {me.may.write.includes("commitment") && (
            <Button variant="default" onClick={() => go("/new/commitment")}>
              {t("meetings.new-commitment")}
            </Button>
          )}
        </div>
      </header>
      <Answered answer={answer}>{(items) => <Board items={items} />}</Answered>
    </div>
  );
}
