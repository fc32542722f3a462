// One function per question to the node; every answer is typed, every refusal is a Refusal.
import type * as T from "./types.ts";

/** What the node answered instead of doing it; `code` has a sentence in the locale files. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly hint?: string,
    readonly field?: string,
  ) {
    super(message);
  }
}

async function refusal(answer: Response): Promise<Refusal> {
  try {
    const { error } = (await answer.json()) as T.Refused;
    const { code, message, hint, field } = error;
    return new Refusal(answer.status, code, message, hint ?? undefined, field ?? undefined);
  } catch {
    return new Refusal(answer.status, "node/unclear", `the node answered ${answer.status}`);
  }
}

async function ask<A>(method: string, path: string, body?: unknown): Promise<A> {
  let answer: Response;
  try {
    answer = await fetch(path, {
      method,
      credentials: "same-origin",
      headers: method === "GET" ? {} : { "Content-Type": "application/json" },
      ...(method === "GET" ? {} : { body: body === undefined ? "{}" : JSON.stringify(body) }),
    });
  } catch {
    throw new Refusal(0, "node/unreachable", "the node does not answer");
  }
  if (!answer.ok) throw await refusal(answer);
  if (answer.status === 204) return undefined as A;
  const text = await answer.text();
  return (text === "" ? undefined : JSON.parse(text)) as A;
}

type Given = string | number | boolean | null | undefined;

function query(path: string, given: Record<string, Given>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined && value !== null && value !== "") search.set(name, String(value));
  }
  const text = search.toString();
  return text === "" ? path : `${path}?${text}`;
}

const get = <A>(path: string, given: Record<string, Given> = {}) =>
  ask<A>("GET", query(path, given));
const at = encodeURIComponent;

export type PictureAsk = {
  state?: T.State;
  q?: string;
  kind?: string;
  bbox?: string;
  before?: string;
  limit?: number;
};

export const api = {
  me: () => get<T.Me>("/api/session"),
  signIn: (person: string, password: string) =>
    ask<T.Me>("POST", "/api/session", { person, password }),
  signOut: () => ask<void>("DELETE", "/api/session"),

  picture: (given: PictureAsk) => get<T.PicturePage>("/api/picture", given),
  map: (given: PictureAsk) => get<T.MapPage>("/api/picture/map", given),
  item: (item: T.ItemId, state: T.State) => get<T.Item>(`/api/items/${at(item)}`, { state }),

  write: (record: T.NewRecord) => ask<T.Written>("POST", "/api/records", record),
  drafts: () => get<T.Draft[]>("/api/drafts"),
  keepDraft: (draft: T.Draft) => ask<void>("PUT", `/api/drafts/${at(draft.id)}`, draft),
  dropDraft: (id: string) => ask<void>("DELETE", `/api/drafts/${at(id)}`),
  places: (q: string, limit = 8) => get<T.KnownPlace[]>("/api/places", { q, limit }),
  position: (text: string) => ask<T.Position>("POST", "/api/position", { text }),
  mgrs: (lon: number, lat: number) => get<T.Grid>("/api/position/mgrs", { lon, lat }),

  preview: (wanted: T.ReleaseAsk) => ask<T.Preview>("POST", "/api/releases/preview", wanted),
  askRelease: (wanted: T.ReleaseAsk) => ask<T.Release>("POST", "/api/releases", wanted),
  releases: (open: boolean) => get<T.Release[]>("/api/releases", { open }),
  sign: (id: string, digest_of_request: T.Digest) =>
    ask<T.Release>("POST", `/api/releases/${at(id)}/sign`, { digest_of_request }),
  giveBack: (id: string, reason: string) =>
    ask<T.Release>("POST", `/api/releases/${at(id)}/return`, { reason }),

  recall: (wanted: T.RecallAsk) => ask<T.RecallStarted>("POST", "/api/recalls", wanted),
  recalls: () => get<T.Recall[]>("/api/recalls"),
  recallsReceived: () => get<T.RecallReceived[]>("/api/recalls/received"),
  answerRecall: (digest: T.Digest, answer: T.RecallAnswer, reason?: string) =>
    ask<void>("POST", `/api/recalls/${at(digest)}/answer`, { answer, reason }),

  partners: () => get<T.PartnerLine[]>("/api/partners"),
  agreements: () => get<T.Agreement[]>("/api/agreements"),
  endAgreement: (id: string, reason: string) =>
    ask<T.Agreement>("POST", `/api/agreements/${at(id)}/end`, { reason }),
  signAgreement: (id: string) => ask<T.Agreement>("POST", `/api/agreements/${at(id)}/sign`),

  articles: (state: T.State, aside: boolean) =>
    get<T.ReadingList>("/api/articles", { state, aside }),
  article: (id: T.ItemId) => get<T.Article>(`/api/articles/${at(id)}`),
  handIn: (article: T.HandIn) => ask<T.HandedIn>("POST", "/api/articles", article),
  putAside: (id: T.ItemId, aside: boolean) =>
    ask<void>("PUT", `/api/articles/${at(id)}/aside`, { aside }),
  keepArticle: (id: T.ItemId, label: T.Label) =>
    ask<T.Written>("POST", `/api/articles/${at(id)}/keep`, { label }),
  decide: (id: T.ItemId, claim: string, verdict: T.Judgement, correction?: T.Correction) =>
    ask<T.Decided>("POST", `/api/articles/${at(id)}/claims/${at(claim)}`, { verdict, correction }),
  draftOf: (id: T.ItemId, claim: string) =>
    ask<T.Decided>("POST", `/api/articles/${at(id)}/claims/${at(claim)}/draft`),
  contradictions: (state: T.State) => get<T.Conflict[]>("/api/contradictions", { state }),
  offices: (state: T.State) => get<T.Office[]>("/api/offices", { state }),
  rules: () => get<T.RuleList>("/api/rules"),
  switchRule: (rule: string, muted: boolean | null) =>
    ask<T.RuleList>("PUT", "/api/rules", { rule, muted }),
  feeds: () => get<T.FeedList>("/api/feeds"),
  addFeed: (address: string, outlet: string, state: T.State) =>
    ask<T.Feed>("POST", "/api/feeds", { address, outlet, state }),
  removeFeed: (id: T.ItemId) => ask<void>("DELETE", `/api/feeds/${at(id)}`),
  pollFeed: (id: T.ItemId) => ask<T.Polled>("POST", `/api/feeds/${at(id)}/poll`),

  log: (before?: string, limit = 100) => get<T.LogPage>("/api/log", { before, limit }),
  health: () => get<T.Health>("/api/health"),
};
