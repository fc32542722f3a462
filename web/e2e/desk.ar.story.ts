// The open-source desk in Arabic, with an article in English.
import { tellDeskStory } from "./desk-story.ts";

tellDeskStory({
  node: "IRQ",
  language: "ar",
  direction: "rtl",
  outlet: "Mafraq Post (exercise)",
  headline: "EXERCISE: Smugglers arrested near Jaber",
  sentence: "Jordanian border guards arrested three smugglers near the Jaber crossing on Tuesday.",
  runs: "ltr",
  arrest: "arrested",
  notListed: "المضيف ليس ضمن",
});
