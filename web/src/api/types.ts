// The shapes the node answers with; the only file that knows where they come from.

export type Lang = "en" | "ar" | "tr" | "ku" | "ckb";
export type Text = Partial<Record<Lang, string>>;
export type Tlp = "CLEAR" | "GREEN" | "AMBER" | "AMBER+STRICT" | "RED";
export type Handling = "H0" | "H1" | "H2" | "H3";
export type State = "actual" | "exercise" | "test";
export type Purpose =
  | "counter-isis"
  | "counter-smuggling"
  | "border-security"
  | "detention"
  | "refugee-return"
  | "energy-supply"
  | "coordination";
export type LegalBasis =
  | "agreement"
  | "national-law"
  | "court-order"
  | "vital-interest"
  | "public-task"
  | "consent"
  | "open-source";
export type Precedence = "ROUTINE" | "PRIORITY" | "IMMEDIATE" | "FLASH";
export type Label = {
  tlp: Tlp;
  handling: Handling;
  orcon: boolean;
  purpose: Purpose[];
  legal_basis: LegalBasis;
  review: string;
  state: State;
};
export type KnownKind =
  | "report"
  | "site"
  | "site-status"
  | "meeting"
  | "commitment"
  | "note"
  | "withdrawal"
  | "acknowledgement"
  | "message";
/** A newer node may send kinds this screen has never heard of. */
export type Kind = KnownKind | (string & {});

export type ItemId = string;
export type Digest = string;

export type ReportCategory =
  | "attack"
  | "thwarted-plot"
  | "arrest"
  | "threat-warning"
  | "armed-clash"
  | "smuggling-attempt"
  | "border-incident"
  | "movement"
  | "violation"
  | "displacement"
  | "incitement"
  | "statement";
export type Precision = "minute" | "hour" | "day" | "month" | "about";
export type When = { start: string; end?: string; precision: Precision };
export type Place = { name: Text; lon: number; lat: number; radius_m?: number };
export type Reliability = "A" | "B" | "C" | "D" | "E" | "F";
export type Credibility = "1" | "2" | "3" | "4" | "5" | "6";
export type Grade = { reliability: Reliability; credibility: Credibility };
export type Quantity = { what: string; amount: number; unit: string };
export type Amount = { amount: number; unit: string };
export type Source = { outlet: string; title: string; url?: string; published?: string };

export type ReportBody = {
  title: Text;
  category: ReportCategory;
  when: When;
  place: Place;
  narrative: Text;
  actors: string[];
  quantities: Quantity[];
  grade: Grade;
  sources: Source[];
};
export type SiteClass =
  | "crossing"
  | "detention-site"
  | "camp"
  | "reception-centre"
  | "settlement-centre"
  | "substation"
  | "pipeline"
  | "checkpoint";
export type SiteBody = {
  name: Text;
  class: SiteClass;
  place: Place;
  operator?: string;
  capacity?: Amount;
};
export type SiteState = "open" | "restricted" | "closed" | "unknown";
export type SiteStatusBody = {
  site: ItemId;
  state: SiteState;
  for_whom?: Text;
  occupancy?: Amount;
  staff?: number;
  as_of: string;
  stale_after: string;
  remark?: Text;
};
export type Participant = { party: string; office: string; name?: string };
export type MeetingBody = {
  name: Text;
  round?: number;
  when: When;
  place: Place;
  participants: Participant[];
  agenda: Text[];
  outcomes: Text[];
  statement?: Text;
  sources: Source[];
};
export type Firmness = "agreed" | "planned" | "offered";
export type CommitmentState = "open" | "met" | "late" | "carried-over" | "withdrawn";
export type CommitmentBody = {
  text: Text;
  by: string[];
  to: string[];
  due?: string;
  firmness: Firmness;
  measure?: Text;
  state: CommitmentState;
  meeting?: ItemId;
  evidence: string[];
  sources: Source[];
};
export type NoteSort = "opinion" | "correction" | "dispute" | "sighting" | "not-true-here";
export type NoteBody = { about: ItemId; sort: NoteSort; text: Text };
export type MessageBody = { about: ItemId; text: Text };
export type WithdrawalBody = { digest: Digest; reason: string; gone_by: string };
export type AcknowledgementBody = {
  digest: Digest;
  answer: "removed" | "used-in" | "refused" | "read" | "actioned";
  reason?: string;
};
export type BodyOf = {
  report: ReportBody;
  site: SiteBody;
  "site-status": SiteStatusBody;
  meeting: MeetingBody;
  commitment: CommitmentBody;
  note: NoteBody;
  message: MessageBody;
  withdrawal: WithdrawalBody;
  acknowledgement: AcknowledgementBody;
};
export type Body = BodyOf[KnownKind];

export type Role =
  | "watch-officer"
  | "releasing-officer"
  | "analyst"
  | "liaison"
  | "site-desk"
  | "administrator"
  | "inspector";
export type Partner = { id: string; names: Partial<Record<Lang, string>>; capital?: Text };
export type Me = {
  person: { id: string; name: string; roles: Role[] };
  partner: Partner;
  states: State[];
  may: {
    write: Kind[];
    request_release: boolean;
    sign_release: boolean;
    recall: boolean;
    administer: boolean;
  };
  ceiling: { tlp: Tlp; handling: Handling; purpose: Purpose[] };
  default_label: Label;
};

export type ItemBrief = {
  item: ItemId;
  state: State;
  kind: Kind;
  title: Text;
  place?: { name: Text; lon: number; lat: number };
  at: string;
  received: string;
  originator: string;
  tlp: Tlp;
  precedence: Precedence;
  category?: string;
  status?: SiteState;
  stale?: boolean;
  disputed: boolean;
};
export type RecallState = {
  state: "queued" | "sent" | "receipted" | "removed" | "used-in" | "refused";
  reason?: string;
  at?: string;
  overdue: boolean;
};
export type Passage = {
  partner: string;
  state: "awaiting-signature" | "withheld" | "queued" | "sent" | "receipted" | "parked" | "refused";
  reason?: string;
  at?: string;
  seq?: number;
  recall?: RecallState;
};
export type Whereabouts = {
  releases: {
    id: string;
    requested_by: string;
    signed_by?: string;
    at: string;
    precedence: Precedence;
    onward: string[];
    to: Passage[];
  }[];
  recall?: { by: string; at: string; reason: string; gone_by: string };
};
export type Held = {
  digest: Digest;
  item: ItemId;
  kind: Kind;
  originator: string;
  version: number;
  variant: number;
  superseded: boolean;
  ours: boolean;
  label: Label;
  made_at: string;
  received: string;
  author_role: string;
  body: Body | null;
  languages: Lang[];
  checked: { signature: "good"; key: string };
  whereabouts: Whereabouts | null;
  held_under?: { onward: string[]; tightened?: Label };
};
export type Item = ItemBrief & {
  records: Held[];
  notes: Held[];
  statuses: Held[];
  messages: Held[];
  related: ItemBrief[];
  actions: {
    correct: boolean;
    release: boolean;
    recall: boolean;
    note: boolean;
    message: boolean;
  };
};
export type PicturePage = { items: Item[]; next: string | null };
export type MapPage = { items: ItemBrief[]; more: boolean };

export type NewRecord = {
  kind: Kind;
  item?: ItemId;
  replaces?: Digest;
  variant?: number;
  label: Label;
  precedence: Precedence;
  body: Body;
  draft?: string;
};
export type Written = { item: ItemId; digest: Digest };
export type Draft = {
  id: string;
  kind: Kind;
  saved_at: string;
  content: unknown;
  title?: string;
};
export type KnownPlace = {
  name: Text;
  lon: number;
  lat: number;
  class: string;
  country: string;
  matched: string;
};
export type Position = {
  lon: number;
  lat: number;
  mgrs: string;
  read_as: "mgrs" | "decimal" | "dms";
};

export type Telling = { code: string; message: string };
export type PreviewLine = {
  partner: Partner;
  named: boolean;
  verdict: "goes" | "withheld" | "not-named" | "holds-already";
  reasons: { code: string; message: string; hint?: string }[];
  holds: {
    label: Label;
    records: { digest: Digest; kind: Kind; variant: number; body: Body }[];
  } | null;
  held_back: { what: string; code: string; message: string }[];
};
export type Tighten = { tlp?: Tlp; handling?: Handling };
export type ReleaseAsk = {
  digests: Digest[];
  to: string[];
  onward: string[];
  precedence: Precedence;
  tighten?: Tighten;
  remark?: string;
};
export type Person = { id: string; name: string };
export type Release = ReleaseAsk & {
  id: string;
  digest_of_request: Digest;
  items: ItemBrief[];
  requested_by: Person;
  requested_at: string;
  state: "open" | "signed" | "returned" | "void";
  decided_by?: Person;
  decided_at?: string;
  reason?: string;
  may_sign: boolean;
  why_not?: string;
};

export type RecallAsk = { digest: Digest; reason: string; gone_by: string; only_from?: string[] };
export type Recall = {
  digest: Digest;
  item: ItemBrief;
  by: string;
  at: string;
  reason: string;
  gone_by: string;
  partners: ({ partner: string } & RecallState)[];
};
export type RecallReceived = {
  digest: Digest;
  from: string;
  reason: string;
  gone_by: string;
  state: string;
};

export type PartnerLine = {
  partner: Partner;
  link: "up" | "connecting" | "down";
  since: string | null;
  reason?: Telling;
  agreement: "none" | "proposed" | "in-force" | "ended";
  picture_as_of: string | null;
  lag_s: number | null;
  last_receipt: { at: string; seq: number } | null;
  queued: number;
  sent_unreceipted: number;
  received: number;
  incident?: Telling;
};
export type Terms = {
  tlp: Tlp;
  handling: Handling;
  kinds: Kind[];
  purpose: Purpose[];
  states: State[];
};
export type Agreement = {
  id: string;
  partner: string;
  state: "proposed" | "in-force" | "ended";
  gives: Terms;
  takes: Terms;
  from: string;
  until: string;
  signed: { partner: string; person_name: string; at: string }[];
  ended?: { by: string; at: string; reason: string };
};
export type LogEntry = { at: string; who?: string; what: string; detail: Record<string, string> };
export type LogPage = { entries: LogEntry[]; next: string | null };
export type Health = {
  version: string;
  started_at: string;
  records: number;
  partners: { up: number; down: number };
  desk: { queue: number };
  store: { bytes: number };
  tasks: { name: string; state: string }[];
};
