// The log: who did what, when; readable codes first, the details as they are.
import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import type { LogEntry } from "../../api/types.ts";
import { useWords } from "../../i18n/provide.tsx";
import { Grid } from "../../ui/grid.tsx";
import { Moment, Written } from "../../ui/signs.tsx";
import { Answered, Empty } from "../../ui/tell.tsx";

function Line({ entry }: { entry: LogEntry }) {
  const { t, perhaps } = useWords();
  return (
    <tr>
      <td className="nowrap">
        <Moment iso={entry.at} />
      </td>
      <td>
        <Written text={entry.who ?? t("log.node")} />
      </td>
      <td>{perhaps(`log.what.${entry.what}`) ?? <bdi className="mono">{entry.what}</bdi>}</td>
      <td className="small">
        {Object.entries(entry.detail).map(([name, value]) => (
          // A name and its value stay together and in order, also where lines run to the left.
          <span key={name} className="log-detail">
            <bdi dir="ltr">
              <span className="soft">{name}</span> <Written text={value} />
            </bdi>{" "}
          </span>
        ))}
      </td>
    </tr>
  );
}

export default function LogPage() {
  const { t } = useWords();
  const answer = useInfiniteQuery({
    queryKey: ["log"],
    queryFn: ({ pageParam }) => api.log(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1>{t("page.log")}</h1>
          <p>{t("log.about")}</p>
        </div>
      </header>
      <Answered answer={answer}>
        {({ pages }) => {
          const entries = pages.flatMap((page) => page.entries);
          if (entries.length === 0) return <Empty title={t("log.none")} />;
          return (
            <div className="panel stack">
              <Grid
                label={t("page.log")}
                heads={[t("log.at"), t("log.who"), t("log.what"), t("log.detail")]}
              >
                <tbody>
                  {entries.map((entry, n) => (
                    <Line key={n} entry={entry} />
                  ))}
                </tbody>
              </Grid>
              {answer.hasNextPage && (
                <Button
                  variant="default"
                  loading={answer.isFetchingNextPage}
                  onClick={() => void answer.fetchNextPage()}
                >
                  {t("do.more")}
                </Button>
              )}
            </div>
          );
        }}
      </Answered>
    </div>
  );
}
