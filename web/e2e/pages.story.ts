// What holds on every page: everyone can use it, nothing runs that was written, nothing stays.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeBrowser } from "./browser.ts";
import { corpus } from "./corpus.ts";
import { AtScreen } from "./room.ts";

type Written = { item: string; digest: string };

const LABEL = {
  tlp: "GREEN",
  handling: "H0",
  orcon: false,
  purpose: ["border-security"],
  legal_basis: "agreement",
  review: "2030-01-01",
  state: "exercise",
};

/** A report in which each text field says something else. */
function report(text: (field: number) => string): unknown {
  return {
    kind: "report",
    precedence: "ROUTINE",
    label: LABEL,
    body: {
      title: { en: text(0), ar: text(1) },
      category: "movement",
      when: { start: "2026-03-09T04:00:00Z", precision: "hour" },
      place: { name: { en: text(2) }, lon: 36.2, lat: 32.5 },
      narrative: { en: text(3), ar: text(4) },
      actors: [text(5)],
      quantities: [{ what: text(6), amount: 3, unit: text(7).slice(0, 20) }],
      grade: { reliability: "B", credibility: "2" },
      sources: [{ outlet: text(8), title: text(9), url: `javascript:ran()//${text(10)}` }],
    },
  };
}

describe("every page", () => {
  let analyst: AtScreen;
  let inspector: AtScreen;
  let administrator: AtScreen;
  const all = () => [analyst, inspector, administrator].filter((each) => each !== undefined);

  beforeAll(async () => {
    analyst = await AtScreen.come("JOR", "analyst", "en");
    inspector = await AtScreen.come("JOR", "inspector", "en");
    administrator = await AtScreen.come("JOR", "administrator", "en");
  }, 120_000);

  afterAll(async () => {
    for (const each of all()) await each.leave();
    await closeBrowser();
  });

  it("of an item, its release, the log and the node's health can be used by everyone", async () => {
    const written = (await analyst.ask(
      "POST",
      "/api/records",
      report((field) => `words ${field}`),
    )) as Written;
    const findings: string[] = [];
    for (const [who, path, there] of [
      [analyst, `/item/${written.item}`, ".record"],
      [analyst, `/release/${written.item}`, ".release"],
      [inspector, "/log", ".frame-page > *"],
      [administrator, "/health", ".frame-page > *"],
    ] as const) {
      await who.screen.goto(path);
      await who.screen.see(there);
      findings.push(...(await who.scanned(path)));
    }
    expect(findings).toEqual([]);
  });

  it("attack_064_shows_texts_that_try_to_run_as_text", async () => {
    const items: string[] = [];
    const fields = 11;
    for (let first = 0; first < corpus.length; first += fields) {
      const text = (field: number) => corpus[(first + field) % corpus.length] ?? "";
      const written = await analyst.ask("POST", "/api/records", report(text));
      items.push((written as Written).item);
    }
    const { page } = analyst.screen;
    let dialogs = 0;
    page.on("dialog", async (dialog) => {
      dialogs += 1;
      await dialog.dismiss();
    });
    await page.addInitScript(() => {
      Object.assign(window, {
        ran: () => {
          (window as unknown as { times: number }).times = 1;
        },
      });
    });
    const ways = ["/", "/drafts", "/releases", ...items.map((item) => `/item/${item}`)];
    ways.push(...items.slice(0, 5).map((item) => `/release/${item}`));
    for (const path of ways) {
      await analyst.screen.goto(path);
      await analyst.screen.see(".frame-page > *");
      if (path.startsWith("/item")) await analyst.screen.see(".record");
      const times = await page.evaluate(() => (window as unknown as { times?: number }).times ?? 0);
      expect(times, path).toBe(0);
    }
    // The pages showed it: one of the texts stands there as it was written.
    await analyst.screen.goto(`/item/${items[0]}`);
    await analyst.screen.see(".record", "<script>");
    expect(dialogs).toBe(0);
    // No address that somebody wrote became a link of another sort.
    const links = await page.$$eval("a[href]", (all) => all.map((one) => one.getAttribute("href")));
    expect(links.filter((href) => !/^(\/(?![/\\])|#|https:)/.test(href ?? ""))).toEqual([]);
  });

  it("attack_051_leaves_nothing_in_the_browser_after_signing_out", async () => {
    const canary = `canary ${Date.now().toString(36)}`;
    const written = (await analyst.ask(
      "POST",
      "/api/records",
      report((field) => `${canary} ${field}`),
    )) as Written;
    const { page } = analyst.screen;
    const addresses: string[] = [];
    page.on("request", (request) =>
      addresses.push(`${request.url()} ${request.headers().referer}`),
    );
    await analyst.screen.goto(`/item/${written.item}`);
    await analyst.screen.see(".record", canary);
    const title = await page.title();
    expect(title).not.toContain("canary");
    await analyst.signOut();
    expect(addresses.filter((one) => /canary/.test(one))).toEqual([]);

    const kept = await page.evaluate(async () => ({
      local: Object.entries(localStorage).map((pair) => pair.join("=")),
      session: Object.keys(sessionStorage).length,
      caches: (await caches.keys()).length,
      databases: (await indexedDB.databases()).length,
      workers: (await navigator.serviceWorker?.getRegistrations())?.length ?? 0,
      cookies: document.cookie,
      text: document.documentElement.innerHTML,
    }));
    expect(kept.local.filter((pair) => !/^diwan\.(language|scheme)=/.test(pair))).toEqual([]);
    expect([kept.session, kept.caches, kept.databases, kept.workers]).toEqual([0, 0, 0, 0]);
    expect(kept.cookies).toBe("");
    expect(kept.text).not.toContain("canary");

    await page.goBack();
    await analyst.screen.see("input[name=person]");
    expect(await page.content()).not.toContain("canary");
    const refused = await page.evaluate(
      async (path) => (await fetch(path)).status,
      `/api/items/${written.item}`,
    );
    expect(refused).toBe(401);
  });

  it("leaves no error and no policy report in any console", () => {
    expect(all().flatMap((each) => each.screen.unforgiven())).toEqual([]);
  });
});
