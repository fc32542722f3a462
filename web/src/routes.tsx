// Every page in one table: where it is, what it is called, who is offered it.
import { type ComponentType, lazy } from "react";
import type { Me } from "./api/types.ts";
import type { Key } from "./i18n/languages.ts";
import type { IconName } from "./ui/icons.tsx";

export type Route = {
  path: string;
  title: Key;
  page: ComponentType;
  /** Pages without an icon are reached from others and are not in the rail. */
  icon?: IconName;
  /** Second key after "g". */
  key?: string;
  /** What to hide, never what to guard: the node refuses by itself. */
  offered?: (me: Me) => boolean;
};

const MapPage = lazy(() => import("./pages/map/index.tsx"));

export const routes: Route[] = [
  { path: "/", title: "page.map", page: MapPage, icon: "map", key: "m" },
  { path: "/new/:kind", title: "page.new", page: MapPage },
  {
    path: "/item/:id",
    title: "page.item",
    page: lazy(() => import("./pages/item/index.tsx")),
  },
  {
    path: "/release/:item",
    title: "page.release",
    page: lazy(() => import("./pages/release/index.tsx")),
  },
  {
    path: "/releases",
    title: "page.queue",
    page: lazy(() => import("./pages/queue/index.tsx")),
    icon: "queue",
    key: "r",
  },
  {
    path: "/recalls",
    title: "page.recalls",
    page: lazy(() => import("./pages/recalls/index.tsx")),
    icon: "recall",
    key: "c",
  },
  {
    path: "/reading",
    title: "page.reading",
    page: lazy(() => import("./pages/reading/index.tsx")),
    icon: "reading",
    key: "o",
    offered: (me) => me.may.read_articles,
  },
  {
    path: "/drafts",
    title: "page.drafts",
    page: lazy(() => import("./pages/drafts/index.tsx")),
    icon: "drafts",
    key: "d",
    offered: (me) => me.may.write.length > 0,
  },
  {
    path: "/meetings",
    title: "page.meetings",
    page: lazy(() => import("./pages/meetings/index.tsx")),
    icon: "meetings",
    key: "t",
  },
  {
    path: "/partners",
    title: "page.partners",
    page: lazy(() => import("./pages/partners/index.tsx")),
    icon: "partners",
    key: "p",
  },
  {
    path: "/log",
    title: "page.log",
    page: lazy(() => import("./pages/log/index.tsx")),
    icon: "log",
    key: "l",
    offered: (me) => me.may.inspect,
  },
  {
    path: "/health",
    title: "page.health",
    page: lazy(() => import("./pages/health/index.tsx")),
    icon: "health",
    key: "h",
    offered: (me) => me.may.administer || me.may.inspect,
  },
];
