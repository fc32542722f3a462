// The story both languages tell: a report goes out to two of four partners, is seen, and is taken back.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeBrowser } from "./browser.ts";
import { AtScreen } from "./room.ts";

export type Words = {
  language: string;
  direction: string;
  category: string;
  place: string;
  text: string;
  title: string;
  reason: string;
  goes: RegExp[];
  goesNot: RegExp[];
  removed: string;
};

const PAGES = ["/", "/releases", "/recalls", "/drafts", "/meetings", "/partners", "/new/report"];

export function tellReportStory(words: Words): void {
  // Two runs on one node must not meet each other's report.
  const title = `${words.title} ${Date.now().toString(36)}`;

  describe(`a report from Amman, in ${words.language}`, () => {
    let analyst: AtScreen;
    let officer: AtScreen;
    let baghdad: AtScreen;
    let ankara: AtScreen;
    let beirut: AtScreen;
    const all = () =>
      [analyst, officer, baghdad, ankara, beirut].filter((each) => each !== undefined);

    beforeAll(async () => {
      analyst = await AtScreen.come("JOR", "analyst", words.language);
      officer = await AtScreen.come("JOR", "releasing-officer", words.language);
      baghdad = await AtScreen.come("IRQ", "watch-officer", words.language);
      ankara = await AtScreen.come("TUR", "watch-officer", words.language);
      beirut = await AtScreen.come("LBN", "watch-officer", words.language);
    }, 120_000);

    afterAll(async () => {
      for (const each of all()) await each.leave();
      await closeBrowser();
    });

    it("runs in the right direction under the label banner", async () => {
      expect(await analyst.screen.direction()).toBe(words.direction);
      await analyst.screen.see(".banner[data-state=exercise]");
    });

    it("is begun with the keyboard alone, and the draft survives a reload", async () => {
      await analyst.beginReport({ ...words, title });
      await analyst.screen.see(".writing-foot [role=status] svg");
      await analyst.screen.reload();
      await analyst.screen.see(".writing .telling");
      expect(await analyst.screen.value('[data-field="body.title"]')).toBe(title);
      expect(await analyst.screen.value('[data-field="body.narrative"]')).toBe(words.text);
    });

    it("is sent and asked to go to Baghdad and Ankara, and the sheet says so by name", async () => {
      await analyst.screen.focus('[data-field="body.narrative"]');
      await analyst.send(true);
      const said = await analyst.askRelease(["IRQ", "TUR"]);
      const [goes = "", not = ""] = said.split("\n").filter((line) => line.trim() !== "");
      for (const name of words.goes) expect(goes).toMatch(name);
      for (const name of words.goesNot) expect(not).toMatch(name);
    });

    it("is seen by nobody before it is signed", async () => {
      expect(await baghdad.holds(title)).toBe(false);
    });

    it("is signed by a second person", async () => {
      await officer.openQueue();
      await officer.sign(title);
    });

    it("appears in Baghdad and Ankara without reloading, and not in Beirut", async () => {
      await baghdad.seeItem(title);
      await ankara.seeItem(title);
      expect(await beirut.holds(title)).toBe(false);
    });

    it("is shown where it has been", async () => {
      await analyst.map();
      await analyst.openItem(title);
      await officer.map();
      await officer.openItem(title);
      for (const partner of ["IRQ", "TUR"])
        await analyst.screen.see(`.where tr[data-partner=${partner}][data-state=receipted]`);
    });

    it("is recalled, goes from both screens, and the grid says removed", async () => {
      await officer.recall(words.reason);
      await baghdad.seeItemGo(title);
      await ankara.seeItemGo(title);
      for (const partner of ["IRQ", "TUR"])
        await officer.screen.see(`.recall[data-marked] tr[data-partner=${partner}]`, words.removed);
    });

    it("happens on pages that everyone can use", async () => {
      const findings: string[] = [];
      for (const path of PAGES) {
        await analyst.screen.goto(path);
        await analyst.screen.see(".frame-page > *");
        findings.push(...(await analyst.scanned(path)));
      }
      expect(findings).toEqual([]);
    });

    it("leaves no error and no policy report in any console", () => {
      expect(all().flatMap((each) => each.screen.unforgiven())).toEqual([]);
    });
  });
}
