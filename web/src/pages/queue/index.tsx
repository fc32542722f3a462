// The release queue: what people ask to let go, the most urgent first, and exactly what would leave.
import "./queue.css";
import { SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useMemo, useState } from "react";
import { api } from "../../api/client.ts";
import type { Release } from "../../api/types.ts";
import { useWords } from "../../i18n/provide.tsx";
import { highest, urgency } from "../../picture/order.ts";
import { useSeatOf } from "../../ui/room.tsx";
import { useShown } from "../../ui/shown.ts";
import { Chip, PrecedenceSign, Said } from "../../ui/signs.tsx";
import { Answered, Empty } from "../../ui/tell.tsx";
import { useNow } from "../../ui/use-now.ts";
import { Request } from "./request.tsx";

function byUrgency(a: Release, b: Release): number {
  const by = urgency(b.precedence) - urgency(a.precedence);
  return by !== 0 ? by : a.requested_at < b.requested_at ? -1 : 1;
}

function Row({ release }: { release: Release }) {
  const words = useWords();
  const { t } = words;
  const seat = useSeatOf();
  const now = useNow();
  return (
    <>
      <span className="row wide">
        <PrecedenceSign precedence={release.precedence} />
        {release.state === "open" && !release.may_sign && (
          <Chip tone="dashed">{t("queue.may-not")}</Chip>
        )}
        {release.state !== "open" && (
          <Chip {...(release.state === "signed" ? { tone: "good" as const } : {})}>
            {t(`release-state.${release.state}`, { person: release.decided_by?.name ?? "" })}
          </Chip>
        )}
      </span>
      <strong>
        {release.items.map((item) => (
          <Said key={item.item} text={item.title} />
        ))}
      </strong>
      <span className="small soft">
        {t("queue.to")}: {words.list(release.to.map(seat))}
      </span>
      <span className="small soft">
        {t("queue.by", {
          person: release.requested_by.name,
          age: words.age(release.requested_at, now),
        })}
      </span>
    </>
  );
}

function Queue({ releases, open }: { releases: Release[]; open: boolean }) {
  const { t } = useWords();
  const sorted = useMemo(() => (open ? [...releases].sort(byUrgency) : releases), [releases, open]);
  const [id, setId] = useState<string | null>(null);
  const at = Math.max(
    0,
    sorted.findIndex((each) => each.id === id),
  );
  const chosen = sorted[at];
  useShown(
    useMemo(() => highest(sorted.flatMap((each) => each.items.map((i) => i.tlp))), [sorted]),
  );
  if (chosen === undefined)
    return (
      <Empty title={t(open ? "queue.none" : "queue.none-decided")}>
        {open && t("queue.none.about")}
      </Empty>
    );
  const walk = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const to = step === undefined ? undefined : sorted[at + step];
    if (to === undefined) return;
    event.preventDefault();
    setId(to.id);
  };
  return (
    <div className="queue">
      <div
        className="queue-list"
        role="listbox"
        tabIndex={0}
        aria-label={t("page.queue")}
        aria-activedescendant={`release-${chosen.id}`}
        onKeyDown={walk}
      >
        {sorted.map((release) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the list itself holds the focus
          // biome-ignore lint/a11y/useKeyWithClickEvents: the list itself hears the keys
          <div
            key={release.id}
            id={`release-${release.id}`}
            className="queue-row"
            role="option"
            aria-selected={release.id === chosen.id}
            data-release={release.id}
            onClick={() => setId(release.id)}
          >
            <Row release={release} />
          </div>
        ))}
      </div>
      <Request key={chosen.id} release={chosen} />
    </div>
  );
}

export default function QueuePage() {
  const { t } = useWords();
  const [open, setOpen] = useState(true);
  const answer = useQuery({
    queryKey: ["releases", "list", open],
    queryFn: () => api.releases(open),
  });
  return (
    <div className="page queue-page">
      <header className="page-head">
        <div>
          <h1>{t("page.queue")}</h1>
          <p>{t("queue.about")}</p>
        </div>
        <SegmentedControl
          transitionDuration={0}
          aria-label={t("page.queue")}
          value={open ? "open" : "decided"}
          data={[
            { value: "open", label: t("queue.open") },
            { value: "decided", label: t("queue.decided") },
          ]}
          onChange={(value) => setOpen(value === "open")}
        />
      </header>
      <Answered answer={answer}>
        {(releases) => <Queue key={String(open)} releases={releases} open={open} />}
      </Answered>
    </div>
  );
}
