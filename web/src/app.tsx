// From the door to the room: session, live lane, pages.
import { QueryClient, QueryClientProvider, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, Suspense, useCallback, useEffect, useState } from "react";
import { Route, Switch, useLocation } from "wouter";
import { api, Refusal } from "./api/client.ts";
import { openLane } from "./api/live.ts";
import type { Me } from "./api/types.ts";
import { Language, useWords } from "./i18n/provide.tsx";
import SignIn from "./pages/sign-in/index.tsx";
import { picture } from "./picture/store.ts";
import { routes } from "./routes.tsx";
import { Frame, type Page } from "./ui/frame/frame.tsx";
import { Notices } from "./ui/notices.tsx";
import { RoomOf, useRoom } from "./ui/room.tsx";
import { Empty, Waiting } from "./ui/tell.tsx";
import { Theme } from "./ui/theme.tsx";
import { useStore } from "./ui/use-store.ts";

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      refetchOnWindowFocus: false,
      retry: (failures, error) =>
        failures < 3 && error instanceof Refusal && (error.status === 0 || error.status >= 502),
    },
  },
});

/** Keeps the picture in step with the node while the room is open. */
function useLane(): void {
  const { state } = useRoom();
  const queries = useQueryClient();
  useEffect(() => {
    let stale = false;
    const read = async () => {
      try {
        const page = await api.map({ state, limit: 1000 });
        if (!stale) picture.change({ is: "read", items: page.items, more: page.more });
      } catch {
        // The lane tells that the node is away; it asks again when it is back.
      }
    };
    picture.change({ is: "forget" });
    void read();
    const close = openLane(state, {
      item: (item) => {
        picture.change({ is: "item", item, at: Date.now() });
        void queries.invalidateQueries({ queryKey: ["item", item.item] });
        void queries.invalidateQueries({ queryKey: ["recalls"] });
        void queries.invalidateQueries({ queryKey: ["pacts"] });
      },
      gone: (item) => {
        picture.change({ is: "gone", item });
        queries.removeQueries({ queryKey: ["item", item], type: "inactive" });
        void queries.resetQueries({ queryKey: ["item", item] });
        void queries.invalidateQueries({ queryKey: ["recalls"] });
      },
      partners: (lines) => {
        queries.setQueryData(["partners"], lines);
        // Receipts move with the partners: whatever shows whereabouts is read again.
        void queries.invalidateQueries({ queryKey: ["item"] });
        void queries.invalidateQueries({ queryKey: ["recalls"] });
      },
      releases: (open) => {
        queries.setQueryData(["releases", "count"], open);
        void queries.invalidateQueries({ queryKey: ["releases", "list"] });
      },
      refresh: () => {
        void read();
        void queries.invalidateQueries();
      },
      lane: (lane) => picture.change({ is: "lane", lane }),
    });
    return () => {
      stale = true;
      close();
    };
  }, [state, queries]);
}

function useOpenReleases(): number {
  const { me } = useRoom();
  const count = useQuery({
    queryKey: ["releases", "count"],
    queryFn: async () => (await api.releases(true)).length,
    enabled: me.may.sign_release || me.may.request_release,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return count.data ?? 0;
}

function Titled({ title, children }: { title: string; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Diwan`;
  }, [title]);
  return <>{children}</>;
}

function Room({ onOut }: { onOut: () => void }) {
  useLane();
  const { t } = useWords();
  const { me } = useRoom();
  const lane = useStore(picture).lane;
  const open = useOpenReleases();
  const pages: Page[] = routes.flatMap((route) => {
    if (route.icon === undefined || !(route.offered?.(me) ?? true)) return [];
    const count = route.path === "/releases" ? { count: open } : {};
    return [
      {
        path: route.path,
        title: route.title,
        icon: route.icon,
        ...count,
        ...(route.key ? { key: route.key } : {}),
      },
    ];
  });
  return (
    <Frame pages={pages} broken={lane === "reconnecting"} onSignOut={onOut}>
      <Suspense fallback={<Waiting />}>
        <Switch>
          {routes.map((route) => (
            <Route key={route.path} path={route.path}>
              <Titled title={t(route.title)}>
                <route.page />
              </Titled>
            </Route>
          ))}
          <Route>
            <Empty title={t("page.none")} />
          </Route>
        </Switch>
      </Suspense>
    </Frame>
  );
}

function Door() {
  const { t } = useWords();
  const [, go] = useLocation();
  const [me, setMe] = useState<Me | null | undefined>(undefined);
  const [ended, setEnded] = useState(false);

  const leave = useCallback((byItself: boolean) => {
    client.clear();
    picture.change({ is: "forget" });
    setEnded(byItself);
    setMe(null);
  }, []);

  useEffect(() => {
    api.me().then(setMe, () => setMe(null));
    // Any answer "no session" closes the room and shows the door.
    return client.getQueryCache().subscribe((event) => {
      const error = event.query.state.error;
      if (error instanceof Refusal && error.status === 401) leave(true);
    });
  }, [leave]);

  const out = async () => {
    try {
      await api.signOut();
    } finally {
      leave(false);
      go("/");
    }
  };
  if (me === undefined) return <Waiting />;
  if (me === null)
    return (
      <Titled title={t("sign-in.title")}>
        <SignIn onIn={setMe} ended={ended} />
      </Titled>
    );
  return (
    <RoomOf me={me} key={me.person.id}>
      <Room onOut={out} />
    </RoomOf>
  );
}

export function App() {
  return (
    <Language>
      <Theme>
        <QueryClientProvider client={client}>
          <Notices>
            <Door />
          </Notices>
        </QueryClientProvider>
      </Theme>
    </Language>
  );
}
