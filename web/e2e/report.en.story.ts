// A report in English.
import { tellReportStory } from "./report-story.ts";

tellReportStory({
  language: "en",
  direction: "ltr",
  title: "Drone with a package north of Ramtha",
  category: "smugg",
  place: "Ramtha",
  text: "One drone, flying low from the north; a package was dropped near the olive presses.",
  reason: "The place was wrong",
  goes: [/Baghdad|Iraq/, /Ankara|Türkiye/],
  goesNot: [/Beirut|Lebanon/, /Damascus|Syria/],
  removed: "Removed",
});
