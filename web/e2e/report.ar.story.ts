// A report in Arabic, from right to left.
import { tellReportStory } from "./report-story.ts";

tellReportStory({
  language: "ar",
  direction: "rtl",
  title: "طائرة مسيّرة تحمل طردًا شمال الرمثا",
  category: "تهريب",
  place: "الرمثا",
  text: "طائرة مسيّرة واحدة على ارتفاع منخفض من الشمال، أُسقط طرد قرب معاصر الزيتون.",
  reason: "المكان غير صحيح",
  goes: [/بغداد|العراق/, /أنقرة|تركيا/],
  goesNot: [/بيروت|لبنان/, /دمشق|سوريا/],
  removed: "أُزيل",
});
