// A pretended node for working on the screens: exercise content in memory, never in the built page.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Plugin } from "vite";
import type * as T from "../src/api/types.ts";
import { makeItems, PARTNERS } from "./mock-items.ts";

type Answer = { status?: number; body?: unknown };
type Asked = { method: string; path: string[]; search: URLSearchParams; body: never };

const HOUR = 3_600_000;
const iso = (ms: number) => new Date(ms).toISOString().replace(/\.\d+Z/, "Z");
const hex = (n: number) =>
  Array.from({ length: n }, () => Math.floor(Math.random() * 16).toString(16)).join("");
const refuse = (status: number, code: string, message: string, more: object = {}): Answer => ({
  status,
  body: { error: { code, message, ...more } },
});

const items = makeItems();
const drafts = new Map<string, T.Draft>();
const releases: T.Release[] = [];
const recalls: T.Recall[] = [];
const lanes = new Set<ServerResponse>();
let signedIn: string | null = process.env.DIWAN_MOCK_OPEN ?? null;

const JOR = PARTNERS[0] as T.Partner;
const others = PARTNERS.slice(1);

const label: T.Label = {
  tlp: "AMBER",
  handling: "H1",
  orcon: false,
  purpose: ["counter-isis"],
  legal_basis: "agreement",
  review: "2027-03-09",
  state: "exercise",
};

const me = (): T.Me => ({
  person: {
    id: signedIn ?? "",
    name: signedIn === "officer" ? "Huda K." : "Sami R.",
    roles:
      signedIn === "officer"
        ? ["releasing-officer"]
        : ["analyst", "watch-officer", "releasing-officer"],
  },
  partner: JOR,
  states: ["exercise"],
  may: {
    write: ["report", "site", "site-status", "meeting", "commitment", "note", "message"],
    request_release: true,
    sign_release: true,
    recall: true,
    administer: true,
  },
  ceiling: {
    tlp: "RED",
    handling: "H3",
    purpose: [
      "counter-isis",
      "counter-smuggling",
      "border-security",
      "detention",
      "refugee-return",
      "energy-supply",
      "coordination",
    ],
  },
  default_label: label,
});

const lines = (): T.PartnerLine[] =>
  others.map((partner, n) => ({
    partner,
    link: n === 0 ? "down" : n === 3 ? "connecting" : "up",
    since: iso(Date.now() - (n + 1) * 7 * HOUR),
    ...(n === 0
      ? { reason: { code: "link/unreachable", message: "their node has not answered since 04:12" } }
      : {}),
    agreement: n === 3 ? "proposed" : "in-force",
    picture_as_of: n === 3 ? null : iso(Date.now() - ([9 * HOUR, 42_000, 8_000][n] ?? 0)),
    lag_s: n === 3 ? null : ([32_400, 42, 8][n] ?? 0),
    last_receipt: n === 3 ? null : { at: iso(Date.now() - 60_000 * (n + 1)), seq: 112 + n },
    queued: n === 0 ? 7 : 0,
    sent_unreceipted: n === 2 ? 1 : 0,
    received: 40 + n * 13,
    ...(n === 2
      ? {
          incident: {
            code: "link/gap",
            message: "numbers 57 to 59 of their stream are missing; asked again",
          },
        }
      : {}),
  }));

const brief = ({
  records: _r,
  notes: _n,
  statuses: _s,
  messages: _m,
  related: _x,
  actions: _a,
  ...rest
}: T.Item): T.ItemBrief => rest;

function push(event: string, content: unknown): void {
  for (const lane of lanes) lane.write(`event: ${event}\ndata: ${JSON.stringify(content)}\n\n`);
}

function write(given: T.NewRecord): Answer {
  const body = given.body as T.ReportBody &
    T.SiteBody &
    T.NoteBody &
    T.SiteStatusBody &
    T.CommitmentBody;
  if (given.kind === "report" && Object.keys(body.title ?? {}).length === 0)
    return refuse(422, "record/field-missing", "the title is missing", { field: "body.title" });
  const about = body.about ?? body.site;
  const id = given.item ?? hex(32);
  const held: T.Held = {
    digest: hex(64),
    item: id,
    kind: given.kind,
    originator: "JOR",
    version: 1,
    variant: given.variant ?? 0,
    superseded: false,
    ours: true,
    label: given.label,
    made_at: iso(Date.now()),
    received: iso(Date.now()),
    author_role: "analyst",
    body: given.body,
    languages: ["en"],
    checked: { signature: "good", key: "JOR release 4f2a91c07be3d410" },
    whereabouts: { releases: [] },
  };
  if (given.draft) drafts.delete(given.draft);
  const subject = about ? items.get(about) : undefined;
  if (subject && given.kind !== "commitment") {
    const list =
      given.kind === "note"
        ? subject.notes
        : given.kind === "message"
          ? subject.messages
          : subject.statuses;
    list.unshift(held);
    if (given.kind === "site-status") subject.status = body.state;
    if (given.kind === "note" && body.sort === "dispute") subject.disputed = true;
    push("item", brief(subject));
    return { body: { item: subject.item, digest: held.digest } };
  }
  const before = given.item ? items.get(given.item) : undefined;
  if (before) {
    for (const each of before.records)
      if (each.digest === given.replaces) {
        each.superseded = true;
        held.version = each.version + 1;
      }
    before.records.unshift(held);
    if (!given.variant) before.title = body.title ?? body.name ?? body.text;
    push("item", brief(before));
    return { body: { item: id, digest: held.digest } };
  }
  const item: T.Item = {
    item: id,
    state: "exercise",
    kind: given.kind,
    title: body.title ?? body.name ?? body.text,
    ...(body.place ? { place: body.place } : {}),
    at: body.when?.start ?? iso(Date.now()),
    received: iso(Date.now()),
    originator: "JOR",
    tlp: given.label.tlp,
    precedence: given.precedence,
    category: body.category ?? body.class,
    disputed: false,
    records: [held],
    notes: [],
    statuses: [],
    messages: [],
    related: [],
    actions: { correct: true, release: true, recall: true, note: true, message: true },
  };
  items.set(id, item);
  push("item", brief(item));
  return { body: { item: id, digest: held.digest } };
}

const heldBy = (digest: string): [T.Item, T.Held] | undefined => {
  for (const item of items.values())
    for (const held of [...item.records, ...item.statuses])
      if (held.digest === digest) return [item, held];
  return undefined;
};

function preview(ask: T.ReleaseAsk): { partners: T.PreviewLine[] } {
  const records = ask.digests.flatMap((digest) => {
    const found = heldBy(digest)?.[1];
    return found?.body
      ? [{ digest, kind: found.kind, variant: found.variant, body: found.body, label: found.label }]
      : [];
  });
  return {
    partners: others.map((partner) => {
      const named = ask.to.includes(partner.id);
      const withheld = named && partner.id === "LBN";
      const holds =
        named && !withheld && records[0]
          ? {
              label: { ...records[0].label, ...ask.tighten },
              records: records.map(({ label: _l, ...rest }) => rest),
            }
          : null;
      return {
        partner,
        named,
        verdict: !named ? "not-named" : withheld ? "withheld" : "goes",
        reasons: withheld
          ? [
              {
                code: "agreement/none",
                message: "there is no agreement in force",
                hint: "ask the liaison to propose one",
              },
            ]
          : [],
        holds,
        held_back: holds
          ? [
              {
                what: "note",
                code: "label/above-ceiling",
                message: "label is above the ceiling agreed with `iraq`",
              },
            ]
          : [],
      };
    }),
  };
}

function release(ask: T.ReleaseAsk, by: T.Person): T.Release {
  return {
    ...ask,
    id: hex(16),
    digest_of_request: hex(64),
    items: ask.digests.flatMap((d) => {
      const f = heldBy(d);
      return f ? [brief(f[0])] : [];
    }),
    requested_by: by,
    requested_at: iso(Date.now() - 12 * 60_000),
    state: "open",
    may_sign: by.id !== signedIn,
    ...(by.id === signedIn ? { why_not: "release/same-person" } : {}),
  };
}

function sign(found: T.Release): void {
  found.state = "signed";
  found.decided_by = { id: "officer", name: "Huda K." };
  found.decided_at = iso(Date.now());
  for (const digest of found.digests) {
    heldBy(digest)?.[1].whereabouts?.releases.push({
      id: found.id,
      requested_by: found.requested_by.name,
      signed_by: "Huda K.",
      at: iso(Date.now()),
      precedence: found.precedence,
      onward: found.onward,
      to: found.to.map((partner, n) => ({
        partner,
        state: n === 0 ? "receipted" : "sent",
        at: iso(Date.now()),
        seq: 113 + n,
      })),
    });
  }
  push("releases", { open: releases.filter((each) => each.state === "open").length });
}

function recall(ask: T.RecallAsk): Answer {
  const found = heldBy(ask.digest);
  if (!found) return refuse(404, "item/unknown", "there is no such item");
  const states: T.RecallState["state"][] = ["removed", "receipted", "used-in", "queued"];
  const given: T.Recall = {
    ...ask,
    item: brief(found[0]),
    by: "Sami R.",
    at: iso(Date.now()),
    partners: others.slice(0, 3).map((p, n) => ({
      partner: p.id,
      state: states[n] ?? "queued",
      at: iso(Date.now()),
      overdue: n === 1,
      ...(n === 2 ? { reason: "weekly summary 12 of 9 March" } : {}),
    })),
  };
  recalls.unshift(given);
  if (found[1].whereabouts) {
    found[1].whereabouts.recall = {
      by: "Sami R.",
      at: given.at,
      reason: ask.reason,
      gone_by: ask.gone_by,
    };
    for (const one of found[1].whereabouts.releases)
      for (const to of one.to)
        to.recall = given.partners.find((p) => p.partner === to.partner) ?? {
          state: "queued",
          overdue: false,
        };
  }
  return { body: { digest: ask.digest } };
}

const places: T.KnownPlace[] = [
  {
    name: { en: "Ramtha", ar: "الرمثا", tr: "Remse" },
    lon: 36.006,
    lat: 32.559,
    class: "town",
    country: "JO",
    matched: "Ramtha",
  },
  {
    name: { en: "Nassib / Jaber crossing", ar: "معبر نصيب / جابر" },
    lon: 36.2,
    lat: 32.54,
    class: "crossing",
    country: "JO",
    matched: "Jaber",
  },
  {
    name: { en: "Mosul", ar: "الموصل", tr: "Musul", ku: "Mûsil", ckb: "مووسڵ" },
    lon: 43.13,
    lat: 36.34,
    class: "city",
    country: "IQ",
    matched: "Mosul",
  },
  {
    name: { en: "Al-Hasakah", ar: "الحسكة", ku: "Hesekê" },
    lon: 40.75,
    lat: 36.5,
    class: "city",
    country: "SY",
    matched: "Al-Hasakah",
  },
];

function terms(tlp: T.Tlp): T.Terms {
  return {
    tlp,
    handling: "H2",
    kinds: ["report", "site", "site-status", "note"],
    purpose: ["counter-isis", "border-security"],
    states: ["exercise"],
  };
}

const agreements: T.Agreement[] = others.map((p, n) => ({
  id: `a${n}`,
  partner: p.id,
  state: n === 3 ? "proposed" : "in-force",
  gives: terms("AMBER"),
  takes: terms("GREEN"),
  from: "2026-03-09T00:00:00Z",
  until: "2027-03-09T00:00:00Z",
  signed:
    n === 3
      ? []
      : [
          { partner: "JOR", person_name: "Huda K.", at: "2026-03-08T10:00:00Z" },
          { partner: p.id, person_name: "A. Yilmaz", at: "2026-03-08T16:20:00Z" },
        ],
}));

function seedReleases(): void {
  const ours = [...items.values()].filter(
    (each) => each.originator === "JOR" && each.kind === "report",
  );
  ours.slice(0, 3).forEach((item, n) => {
    const made = release(
      {
        digests: [item.records[0]?.digest ?? ""],
        to: n === 1 ? ["IRQ"] : ["IRQ", "TUR"],
        onward: [],
        precedence: n === 0 ? "FLASH" : "PRIORITY",
        remark: n === 0 ? "For their desk tonight" : undefined,
      } as T.ReleaseAsk,
      n === 1 ? { id: "analyst", name: "Sami R." } : { id: "rania", name: "Rania M." },
    );
    releases.push(made);
  });
  const done = ours[4]?.records[0];
  if (done) {
    const made = release(
      { digests: [done.digest], to: ["IRQ", "TUR"], onward: [], precedence: "PRIORITY" },
      { id: "rania", name: "Rania M." },
    );
    releases.push(made);
    sign(made);
  }
}
seedReleases();

function session({ method, path, body }: Asked): Answer {
  if (method === "GET")
    return signedIn ? { body: me() } : refuse(401, "session/none", "nobody is signed in");
  if (method === "DELETE") {
    signedIn = null;
    return { status: 204 };
  }
  const { person, password } = body as { person: string; password: string };
  if (password !== "diwan")
    return refuse(401, "session/refused", "the name or the password is wrong");
  signedIn = person;
  void path;
  return { body: me() };
}

function picture({ path, search }: Asked): Answer {
  const kinds = search.get("kind")?.split(",");
  const q = search.get("q")?.toLowerCase();
  const all = [...items.values()]
    .filter((each) => !kinds || kinds.includes(each.kind))
    .filter((each) => !q || JSON.stringify(each).toLowerCase().includes(q))
    .sort((a, b) => (a.at < b.at ? 1 : -1));
  if (path[2] === "map") return { body: { items: all.map(brief), more: false } };
  return { body: { items: all.slice(0, Number(search.get("limit") ?? 50)), next: null } };
}

function releasesOf({ method, path, search, body }: Asked): Answer {
  if (path[2] === "preview") return { body: preview(body) };
  const found = releases.find((each) => each.id === path[2]);
  if (found && path[3] === "sign") {
    sign(found);
    return { body: found };
  }
  if (found && path[3] === "return") {
    Object.assign(found, {
      state: "returned",
      reason: (body as { reason: string }).reason,
      decided_by: { id: "officer", name: "Huda K." },
      decided_at: iso(Date.now()),
    });
    push("releases", { open: releases.filter((each) => each.state === "open").length });
    return { body: found };
  }
  if (method === "POST") {
    const made = release(body, { id: signedIn ?? "", name: "Sami R." });
    releases.unshift(made);
    push("releases", { open: releases.filter((e) => e.state === "open").length });
    return { body: made };
  }
  return {
    body: releases.filter((each) => (each.state === "open") === (search.get("open") === "true")),
  };
}

function draftsOf({ method, path, body }: Asked): Answer {
  const id = path[2] ?? "";
  if (method === "GET") return { body: [...drafts.values()] };
  if (method === "DELETE") {
    drafts.delete(id);
    return { status: 204 };
  }
  drafts.set(id, { ...(body as T.Draft), saved_at: iso(Date.now()) });
  return { status: 204 };
}

function position({ method, body }: Asked): Answer {
  if (method === "GET") return { body: { mgrs: "37S BS 12345 67890" } };
  const text = (body as { text: string }).text;
  const two = /^\s*(-?\d+(?:\.\d+)?)\s*[,\s]\s*(-?\d+(?:\.\d+)?)\s*$/.exec(text);
  if (two)
    return {
      body: {
        lat: Number(two[1]),
        lon: Number(two[2]),
        mgrs: "37S BS 12345 67890",
        read_as: "decimal",
      },
    };
  if (/^\d{1,2}[A-Z]/i.test(text))
    return { body: { lat: 32.56, lon: 36.01, mgrs: text.toUpperCase(), read_as: "mgrs" } };
  return refuse(422, "place/not-understood", "this is not a position");
}

function recallsOf({ method, path, body }: Asked): Answer {
  if (path[2] === "received")
    return {
      body: [
        {
          digest: hex(64),
          from: "IRQ",
          reason: "the source was mistaken about the place",
          gone_by: iso(Date.now() + 6 * HOUR),
          state: "receipted",
        },
      ],
    };
  if (path[3] === "answer") return { status: 204 };
  return method === "POST" ? recall(body) : { body: recalls };
}

const log: T.LogEntry[] = Array.from({ length: 60 }, (_, n) => ({
  at: iso(Date.now() - n * 11 * 60_000),
  ...(n % 3 ? { who: n % 2 ? "Sami R." : "Huda K." } : {}),
  what:
    ["item/read", "release/signed", "link/receipt", "record/entered", "session/opened"][n % 5] ??
    "",
  detail: { item: hex(8), partner: "IRQ", seq: String(112 - n) },
}));

function answer(asked: Asked): Answer {
  const { path } = asked;
  if (path[1] !== "session" && signedIn === null)
    return refuse(401, "session/none", "nobody is signed in");
  switch (path[1]) {
    case "session":
      return session(asked);
    case "picture":
      return picture(asked);
    case "items": {
      const found = items.get(path[2] ?? "");
      return found ? { body: found } : refuse(404, "item/unknown", "there is no such item");
    }
    case "records":
      return write(asked.body);
    case "drafts":
      return draftsOf(asked);
    case "places": {
      const q = (asked.search.get("q") ?? "").toLowerCase();
      return { body: places.filter((p) => JSON.stringify(p.name).toLowerCase().includes(q)) };
    }
    case "position":
      return position(asked);
    case "releases":
      return releasesOf(asked);
    case "recalls":
      return recallsOf(asked);
    case "partners":
      return { body: lines() };
    case "agreements": {
      const found = agreements.find((each) => each.id === path[2]);
      if (found && path[3] === "end")
        Object.assign(found, {
          state: "ended",
          ended: {
            by: "JOR",
            at: iso(Date.now()),
            reason: (asked.body as { reason: string }).reason,
          },
        });
      if (found && path[3] === "sign")
        Object.assign(found, {
          state: "in-force",
          signed: [{ partner: "JOR", person_name: "Sami R.", at: iso(Date.now()) }],
        });
      return { body: found ?? agreements };
    }
    case "log":
      return { body: { entries: log, next: null } };
    case "health":
      return {
        body: {
          version: "0.1.0",
          started_at: iso(Date.now() - 31 * HOUR),
          records: 1204,
          partners: { up: 2, down: 2 },
          desk: { queue: 0 },
          store: { bytes: 48_123_904 },
          tasks: [
            { name: "desk", state: "running" },
            { name: "link IRQ", state: "running" },
            { name: "link SYR", state: "waiting 8 s" },
          ],
        },
      };
    default:
      return refuse(404, "node/unclear", "no such address");
  }
}

function live(request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
  response.write(": open\n\n");
  lanes.add(response);
  request.on("close", () => lanes.delete(response));
}

async function read(request: IncomingMessage): Promise<never> {
  let text = "";
  for await (const part of request) text += part;
  return (text === "" ? {} : JSON.parse(text)) as never;
}

export function mockNode(): Plugin {
  return {
    name: "diwan-mock",
    apply: "serve",
    configureServer(server) {
      server.middlewares.use(async (request, response, next) => {
        const url = new URL(request.url ?? "/", "http://mock");
        if (!url.pathname.startsWith("/api/")) return next();
        if (url.pathname === "/api/live") return live(request, response);
        // For trying arrivals and recalls by hand while looking at a page.
        if (url.pathname === "/api/mock/push") {
          push(
            url.searchParams.get("event") ?? "",
            JSON.parse(url.searchParams.get("data") ?? "{}"),
          );
          return response.end();
        }
        const path = url.pathname.split("/").slice(1).map(decodeURIComponent);
        const given = answer({
          method: request.method ?? "GET",
          path,
          search: url.searchParams,
          body: await read(request),
        });
        response.writeHead(given.status ?? 200, { "Content-Type": "application/json" });
        response.end(given.body === undefined ? "" : JSON.stringify(given.body));
      });
    },
  };
}
