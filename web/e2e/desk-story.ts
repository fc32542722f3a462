// The story both languages tell at the open-source desk: an article is read, judged and kept.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeBrowser } from "./browser.ts";
import { AtScreen } from "./room.ts";

export type DeskWords = {
  node: string;
  language: string;
  direction: string;
  /** An article of one's own: a headline, and one sentence with an arrest in it. */
  outlet: string;
  headline: string;
  sentence: string;
  /** The direction in which that article runs, whatever the page does. */
  runs: string;
  arrest: string;
  notListed: string;
};

const TABS = ["articles", "aside", "conflicts", "offices", "rules", "feeds"];

export function tellDeskStory(words: DeskWords): void {
  // Two runs on one node must not meet each other's article.
  const mark = Date.now().toString(36);
  const headline = `${words.headline} ${mark}`;

  describe(`the open-source desk, in ${words.language}`, () => {
    let analyst: AtScreen;

    beforeAll(async () => {
      analyst = await AtScreen.come(words.node, "analyst", words.language);
    }, 60_000);

    afterAll(async () => {
      await analyst?.leave();
      await closeBrowser();
    });

    it("is reached by keyboard and runs in the reader's direction", async () => {
      const { screen } = analyst;
      await screen.focus("#page");
      await screen.press("g", "o");
      await screen.see(".reading-list .story");
      expect(await screen.direction()).toBe(words.direction);
      await screen.see(".banner[data-state=exercise]");
    });

    it("folds what several outlets say alike, and opens a copy", async () => {
      const { screen } = analyst;
      await screen.click(".story-copies summary");
      await screen.click(".story-copies .link");
      await screen.see(".story-copies .link[aria-current=true]");
      await screen.see(".reading-article .article-text");
    });

    it("takes an article that somebody pastes", async () => {
      const { screen } = analyst;
      await screen.click(".reading-page .page-head button:has(svg[data-icon=plus])");
      await screen.see("[role=dialog] [data-field=outlet]");
      await screen.fill("[data-field=outlet]", words.outlet);
      await screen.fill("[data-field=published]", "2025-03-12");
      await screen.fill("[data-field=text]", `${headline}\n\n${words.sentence}`);
      await screen.focus("[data-field=text]");
      await screen.press("Control+Enter");
      await screen.seeNot("[role=dialog]");
      await screen.see(".reading-article .article-text", headline);
      await screen.see(".story[data-chosen]", headline);
      expect(await analyst.directionOf(".article-text p:last-child")).toBe(words.runs);
    });

    it("marks the claim in its place, and one key accepts it", async () => {
      const { screen } = analyst;
      await screen.see(".article-text mark[data-leads]", words.arrest);
      await analyst.walkTo(words.arrest);
      await screen.press("a");
      await screen.see(".notice");
      await screen.see('.article-text mark[data-verdict="accepted"]', words.arrest);
    });

    it("takes it back, and rejects it", async () => {
      const { screen } = analyst;
      await analyst.walkTo(words.arrest);
      await screen.press("u");
      await screen.seeNot('.article-text mark[data-verdict="accepted"]', words.arrest);
      await screen.press("r");
      await screen.see('.article-text mark[data-verdict="rejected"]', words.arrest);
    });

    it("fills a draft from what was corrected, its source named and not graded", async () => {
      const { screen } = analyst;
      await analyst.walkTo(words.arrest);
      await screen.press("c");
      await screen.see("[role=dialog] [data-field=date]");
      await screen.fill("[data-field=date]", "2025-03-11");
      await screen.press("Enter");
      await screen.see('.article-text mark[data-verdict="corrected"]', words.arrest);
      await analyst.walkTo(words.arrest);
      await screen.press("d");
      await screen.see(".writing .unverified");
      expect(await screen.value('[data-field="body.when"]')).toContain("2025-03-11");
      expect(await screen.value('[data-field="body.narrative"]')).toContain(words.sentence);
      await screen.see(`.writing details.more input[value="${words.outlet}"]`);
    });

    it("keeps the article as a record that only this node holds", async () => {
      const { screen } = analyst;
      await screen.goto("/reading");
      await screen.page.locator(".story").filter({ hasText: headline }).first().click();
      await screen.see(".reading-article .article-text", headline);
      await screen.click(".reading-head button[data-do=keep]");
      await screen.see("[role=dialog] button[type=submit]");
      await screen.click("[role=dialog] button[type=submit]");
      await screen.seeNot("[role=dialog]");
      await screen.click(".reading-head button[data-do=open]");
      await screen.see(".record .article-text", headline);
    });

    it("counts for its rule, which a person can silence and let speak", async () => {
      const { screen } = analyst;
      await screen.goto("/reading?tab=rules");
      await screen.see("tr[data-rule]");
      await screen.click("tr[data-rule] button");
      await screen.see("tr[data-rule][data-muted]");
      await screen.click("tr[data-rule][data-muted] button");
      await screen.seeNot("tr[data-rule][data-muted]");
    });

    it("fetches from nowhere that is not on the node's list, and says so", async () => {
      const { screen } = analyst;
      await screen.goto("/reading?tab=feeds");
      await screen.fill("[data-field=outlet]", words.outlet);
      await screen.fill("[data-field=address]", "https://169.254.169.254/latest/meta-data/");
      screen.forgiven.push(/status of 422/);
      await screen.press("Enter");
      await screen.see("[role=alert]", words.notListed);
    });

    it("happens on pages that everyone can use", async () => {
      const findings: string[] = [];
      for (const tab of TABS) {
        await analyst.screen.goto(`/reading?tab=${tab}`);
        await analyst.screen.see(".reading-page > :nth-child(3)");
        findings.push(...(await analyst.scanned(tab)));
      }
      expect(findings).toEqual([]);
    });

    it("leaves no error and no policy report in the console", () => {
      expect(analyst.screen.unforgiven()).toEqual([]);
    });
  });
}
