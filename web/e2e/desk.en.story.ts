// The open-source desk in English, with an article in Arabic.
import { tellDeskStory } from "./desk-story.ts";

tellDeskStory({
  node: "JOR",
  language: "en",
  direction: "ltr",
  outlet: "بريد المفرق (تمرين)",
  headline: "تمرين: توقيف مهربين قرب جابر",
  sentence: "اعتقل حرس الحدود الأردني ثلاثة مهربين قرب معبر جابر مساء الثلاثاء.",
  runs: "rtl",
  arrest: "اعتقل",
  notListed: "not among those this node fetches from",
});
