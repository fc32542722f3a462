// Which feeds are read, how each of them is, and from which hosts this node fetches at all.
import { Button, TextInput } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, Refusal } from "../../api/client.ts";
import type { Feed, FeedList } from "../../api/types.ts";
import { useWords } from "../../i18n/provide.tsx";
import { Grid } from "../../ui/grid.tsx";
import { useTell } from "../../ui/notices.tsx";
import { useRoom } from "../../ui/room.tsx";
import { Age, Chip, Written } from "../../ui/signs.tsx";
import { Answered, Empty, Refused, reasonText, refusalText } from "../../ui/tell.tsx";

function useAgain(): () => void {
  const queries = useQueryClient();
  return () => {
    void queries.invalidateQueries({ queryKey: ["feeds"] });
    void queries.invalidateQueries({ queryKey: ["articles"] });
  };
}

function Line({ feed }: { feed: Feed }) {
  const words = useWords();
  const { t } = words;
  const tell = useTell();
  const again = useAgain();
  const [asking, setAsking] = useState(false);
  const act = async (what: () => Promise<string>) => {
    setAsking(true);
    try {
      tell(await what(), { tone: "good" });
    } catch (error) {
      tell(refusalText(words, error), { tone: "alarm" });
    } finally {
      setAsking(false);
      again();
    }
  };
  return (
    <tr data-feed={feed.id}>
      <th scope="row">
        <Written text={feed.outlet} />
        <div className="small soft">
          <bdi dir="ltr" className="mono">
            {feed.address}
          </bdi>
        </div>
      </th>
      <td>{feed.polled ? <Age iso={feed.polled} /> : t("feeds.not-yet")}</td>
      <td>{feed.brought ? <Age iso={feed.brought} /> : t("feeds.nothing")}</td>
      <td>
        {feed.fault ? (
          <Chip tone="alarm">{reasonText(words, feed.fault.code, feed.fault.message)}</Chip>
        ) : (
          feed.polled && <Chip tone="good">{t("feeds.well")}</Chip>
        )}
      </td>
      <td>
        <span className="row">
          <Button
            size="compact-xs"
            variant="default"
            disabled={asking}
            onClick={() =>
              void act(async () =>
                t("feeds.polled", { count: (await api.pollFeed(feed.id)).brought }),
              )
            }
          >
            {t("feeds.poll")}
          </Button>
          <Button
            size="compact-xs"
            variant="subtle"
            color="red"
            disabled={asking}
            onClick={() =>
              void act(async () => {
                await api.removeFeed(feed.id);
                return t("feeds.removed");
              })
            }
          >
            {t("feeds.remove")}
          </Button>
        </span>
      </td>
    </tr>
  );
}

function AddFeed({ list }: { list: FeedList }) {
  const words = useWords();
  const { t } = words;
  const { state } = useRoom();
  const again = useAgain();
  const [address, setAddress] = useState("");
  const [outlet, setOutlet] = useState("");
  const [refused, setRefused] = useState<unknown>(null);
  const wrong = refused instanceof Refusal ? refused.field : undefined;
  const add = async () => {
    setRefused(null);
    try {
      await api.addFeed(address, outlet, state);
      setAddress("");
      setOutlet("");
      again();
    } catch (error) {
      setRefused(error);
    }
  };
  return (
    <form
      className="panel stack"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <h2>{t("feeds.add")}</h2>
      <p className="small soft">
        {list.hosts.length === 0
          ? t("feeds.hosts.none")
          : t("feeds.hosts", { hosts: words.list(list.hosts) })}
      </p>
      <div className="feed-fields">
        <TextInput
          label={t("reading.outlet")}
          data-field="outlet"
          dir="auto"
          required
          error={wrong === "outlet"}
          value={outlet}
          onChange={(event) => setOutlet(event.currentTarget.value)}
        />
        <TextInput
          label={t("feeds.address")}
          data-field="address"
          type="url"
          dir="ltr"
          required
          placeholder="https://"
          error={wrong === "address"}
          value={address}
          onChange={(event) => setAddress(event.currentTarget.value)}
        />
        <Button type="submit">{t("feeds.add")}</Button>
      </div>
      {refused !== null && <Refused error={refused} />}
    </form>
  );
}

export function Feeds() {
  const { t } = useWords();
  const answer = useQuery({ queryKey: ["feeds"], queryFn: api.feeds });
  return (
    <Answered answer={answer}>
      {(list) => (
        <div className="stack">
          <AddFeed list={list} />
          {list.feeds.length === 0 ? (
            <Empty title={t("feeds.none")}>{t("feeds.none.about")}</Empty>
          ) : (
            <div className="panel stack">
              <p className="small soft">{t("feeds.every", { count: list.poll_minutes })}</p>
              <Grid
                label={t("reading.tab.feeds")}
                heads={[t("reading.outlet"), t("feeds.last"), t("feeds.brought"), t("rules.state")]}
                acts={t("rules.do")}
              >
                <tbody>
                  {list.feeds.map((feed) => (
                    <Line key={feed.id} feed={feed} />
                  ))}
                </tbody>
              </Grid>
            </div>
          )}
        </div>
      )}
    </Answered>
  );
}
