// The shapes the node answers with, by the names the screens use. The node describes them itself
// (`npm run gen`); what is written out here has no counterpart in that description.
import type { components } from "./types.gen.ts";

type Shapes = components["schemas"];

export type Text = Shapes["BodyText"];
export type Lang = keyof Text;

export type Tlp = Shapes["Tlp"];
export type Handling = Shapes["Handling"];
export type State = Shapes["State"];
export type Purpose = Shapes["Purpose"];
export type LegalBasis = Shapes["LegalBasis"];
export type Precedence = Shapes["Precedence"];
export type Label = Shapes["Label"];
/** A code that can be chosen: UNKNOWN stands for what this node cannot read and is never written. */
export type Known<Code> = Exclude<Code, "UNKNOWN">;

export type ItemId = Shapes["BodyItemId"];
export type Digest = Shapes["BodyDigest"];

export type ReportBody = Shapes["BodyReport"];
export type SiteBody = Shapes["BodySite"];
export type SiteStatusBody = Shapes["BodySiteStatus"];
export type MeetingBody = Shapes["BodyMeeting"];
export type CommitmentBody = Shapes["BodyCommitment"];
export type NoteBody = Shapes["BodyNote"];
export type MessageBody = Shapes["BodyMessage"];
export type WithdrawalBody = Shapes["BodyWithdrawal"];
export type AcknowledgementBody = Shapes["BodyAcknowledgement"];
export type ArticleBody = Shapes["BodyArticle"];
export type Body = Shapes["Body"];
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
  article: ArticleBody;
};
export type KnownKind = keyof BodyOf;
/** A newer node may send kinds this screen has never heard of. */
export type Kind = KnownKind | (string & {});

export type ReportCategory = Shapes["BodyCategory"];
export type When = Shapes["BodySpan"];
export type Precision = Shapes["BodyPrecision"];
export type Place = Shapes["BodyPlace"];
export type Grade = Shapes["BodyGrade"];
export type Reliability = Shapes["BodyReliability"];
export type Credibility = Shapes["BodyCredibility"];
export type Quantity = Shapes["BodyQuantity"];
export type Amount = Shapes["BodyAmount"];
export type Source = Shapes["BodySource"];
export type SiteClass = Shapes["BodySiteClass"];
export type SiteState = Shapes["BodySiteState"];
export type Participant = Shapes["BodyParticipant"];
export type Firmness = Shapes["BodyFirmness"];
export type CommitmentState = Shapes["BodyCommitmentState"];
export type NoteSort = Shapes["BodyNoteSort"];

export type Role = Shapes["Role"];
export type Partner = Shapes["Partner"];
export type Person = Shapes["Person"];
export type Me = Shapes["Me"];

export type ItemBrief = Shapes["ItemBrief"];
export type Item = Shapes["Item"];
export type Held = Shapes["Held"];
export type Whereabouts = Shapes["Whereabouts"];
export type Passage = Shapes["Passage"];
export type RecallState = Shapes["RecallState"];
export type PicturePage = Shapes["PicturePage"];
export type MapPage = Shapes["MapPage"];

export type NewRecord = Shapes["Write"];
export type Written = Shapes["Written"];
/** What a form holds half-way is the form's own affair: the node keeps it unread. */
export type Draft = Omit<Shapes["Draft"], "content"> & { content: unknown };
export type KnownPlace = Shapes["KnownPlace"];
export type Position = Shapes["Position"];
export type Grid = Shapes["Grid"];

export type Refused = Shapes["Refused"];
export type Telling = Shapes["Telling"];
export type Preview = Shapes["Preview"];
export type PreviewLine = Shapes["PreviewLine"];
export type ReleaseAsk = Shapes["ReleaseAsk"];
export type Tighten = Shapes["Tighten"];
export type Release = Shapes["Release"];

export type RecallAsk = Shapes["RecallAsk"];
export type RecallStarted = Shapes["Started"];
export type RecallAnswer = Shapes["RecallAnswer"];
export type Recall = Shapes["Recall"];
export type RecallReceived = Shapes["Received"];

export type ReadingList = Shapes["ReadingList"];
export type Thread = Shapes["Thread"];
export type Story = Shapes["Story"];
export type ArticleBrief = Shapes["ArticleBrief"];
export type Article = Shapes["Article"];
export type Claim = Shapes["Claim"];
export type Judgement = Shapes["Judgement"];
export type Correction = Shapes["Correction"];
export type Decided = Shapes["Decided"];
export type HandIn = Shapes["HandIn"];
export type HandedIn = Shapes["HandedIn"];
export type FeedList = Shapes["FeedList"];
export type Feed = Shapes["Feed"];
export type Polled = Shapes["Polled"];
export type Quote = Shapes["Quote"];
/** What an office is called, in the words of each language that names it. */
type Called<Of> = Omit<Of, "office"> & { office: Text };
export type Conflict = Called<Shapes["Conflict"]>;
export type Holder = Omit<Shapes["Holder"], "names"> & { names: Text };
export type Office = Omit<Called<Shapes["Office"]>, "holders"> & { holders: Holder[] };
export type RuleList = Shapes["RuleList"];
export type Rule = Shapes["Rule"];

export type PartnerLine = Shapes["PartnerLine"];
export type Terms = Shapes["Terms"];
export type Agreement = Shapes["Agreement"];
export type LogEntry = Shapes["LogEntry"];
export type LogPage = Shapes["LogPage"];
export type Health = Shapes["Health"];
