// What a person does at a screen: sign in, write, look, release, sign, recall.
import { readFileSync } from "node:fs";
import { Screen } from "./browser.ts";

type Person = { id: string; password: string };
type Stage = { nodes: Record<string, { url: string; people: Record<string, Person> }> };

export function stage(): Stage {
  const path = process.env.DIWAN_E2E;
  if (path === undefined)
    throw new Error("DIWAN_E2E must name the file that tells where the nodes are");
  return JSON.parse(readFileSync(path, "utf8")) as Stage;
}

export class AtScreen {
  constructor(
    readonly screen: Screen,
    readonly person: Person,
  ) {}

  /** Comes to a node in a role, in a language, and signs in by keyboard. */
  static async come(node: string, role: string, language: string): Promise<AtScreen> {
    const there = stage().nodes[node];
    const person = there?.people[role];
    if (there === undefined || person === undefined) throw new Error(`no ${role} at ${node}`);
    const at = new AtScreen(await Screen.open(there.url, language), person);
    // Asking who is signed in is refused while nobody is; the console calls that an error.
    at.screen.forgiven.push(/401.*\/api\/session|\/api\/session.*401|status of 401/);
    await at.signIn();
    return at;
  }

  async signIn(): Promise<void> {
    const { screen } = this;
    await screen.goto("/");
    await screen.see("input[name=person]");
    await screen.type(this.person.id);
    await screen.press("Tab");
    await screen.type(this.person.password);
    await screen.press("Enter");
    await screen.see(".frame .rail");
    await screen.see(".map-page");
  }

  /** Fills the report form without touching the mouse; stays on the form. */
  async beginReport(report: {
    title: string;
    category: string;
    place: string;
    text: string;
  }): Promise<void> {
    const { screen } = this;
    await screen.see(".map-page");
    await screen.focus("#page");
    await screen.press("n");
    await screen.see(".writing");
    await screen.see('[data-field="body.title"]');
    await screen.type(report.title);
    await screen.press("Tab");
    await screen.spell(report.category);
    await screen.press("Enter", "Tab", "Tab");
    await screen.spell(report.place);
    await screen.press("Enter");
    await screen.see(".place-field[data-chosen]");
    await this.tabTo("body.narrative");
    await screen.type(report.text);
  }

  /** Tab until the named field has the focus, as a person looking for it would. */
  async tabTo(field: string): Promise<void> {
    for (let presses = 0; presses < 12; presses += 1) {
      if ((await this.screen.focused()) === field) return;
      await this.screen.press("Tab");
    }
    throw new Error(`Tab does not lead to ${field}`);
  }

  async send(thenRelease: boolean): Promise<void> {
    await this.screen.press(thenRelease ? "Control+Shift+Enter" : "Control+Enter");
    await this.screen.seeNot(".writing");
  }

  /** On the release sheet: names partners by keyboard, and gives back what the sheet says. */
  async askRelease(to: string[]): Promise<string> {
    const { screen } = this;
    await screen.see(".release");
    for (const partner of to) {
      await screen.focus(`.release input[type=checkbox][value="${partner}"]`);
      await screen.press("Space");
    }
    for (const partner of to) await screen.see(`.holds[data-partner="${partner}"]`);
    const said = await screen.text(".goes-to");
    await screen.press("Control+Enter");
    await screen.see(".queue-page");
    return said;
  }

  async openQueue(): Promise<void> {
    await this.screen.focus("#page");
    await this.screen.press("g", "r");
    await this.screen.see(".queue-page");
  }

  /** Signs the request for the named item: Ctrl+Enter, then Enter to confirm. */
  async sign(title: string): Promise<void> {
    const { screen } = this;
    await screen.see(".queue-row", title);
    await screen.page.locator(".queue-row").filter({ hasText: title }).first().click();
    await screen.see(".request .holds");
    await screen.press("Control+Enter");
    await screen.see("[role=dialog]");
    await screen.press("Enter");
    await screen.seeNot(".queue-row", title);
  }

  /** The item in the list of the common picture. */
  async seeItem(title: string): Promise<void> {
    await this.screen.see(".item-row", title);
  }

  async seeItemGo(title: string): Promise<void> {
    await this.screen.seeNot(".item-row", title);
  }

  async holds(title: string): Promise<boolean> {
    return (await this.screen.count(".item-row", title)) > 0;
  }

  async openItem(title: string): Promise<void> {
    await this.screen.page.locator(".item-row").filter({ hasText: title }).first().click();
    await this.screen.see(".sheet .record");
  }

  async map(): Promise<void> {
    await this.screen.focus("#page");
    await this.screen.press("g", "m");
    await this.screen.see(".map-page");
  }

  /** From the open item: takes its record back, and is led to the grid of answers. */
  async recall(reason: string): Promise<void> {
    const { screen } = this;
    await screen.click(".sheet [role=toolbar] button:has(svg[data-icon=recall])");
    await screen.see("[role=dialog] textarea");
    await screen.fill("[role=dialog] textarea", reason);
    await screen.press("Tab");
    await screen.click("[role=dialog] button[type=submit]");
    await screen.see(".recalls");
  }

  /** Asks the node as the page would, past the forms. */
  async ask(method: string, path: string, body?: unknown): Promise<unknown> {
    return this.screen.page.evaluate(
      async ([method, path, body]) => {
        const answer = await fetch(path, {
          method,
          headers: { "Content-Type": "application/json" },
          ...(method === "GET" ? {} : { body }),
        });
        const said = await answer.text();
        if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${said}`);
        return said === "" ? null : JSON.parse(said);
      },
      [method, path, JSON.stringify(body ?? {})] as const,
    );
  }

  async signOut(): Promise<void> {
    await this.screen.click(".rail button:has(svg[data-icon=person])");
    await this.screen.click("[role=menuitem]:has(svg[data-icon=out])");
    await this.screen.see("input[name=person]");
  }

  /** At the open-source desk: steps from proposal to proposal until these words are under the eye. */
  async walkTo(words: string): Promise<void> {
    const { screen } = this;
    await screen.see(".reading-card");
    // From the first one on, so that every proposal comes by.
    for (let steps = 0; steps < 20; steps += 1) await screen.press("k");
    for (let steps = 0; steps < 20; steps += 1) {
      if ((await screen.count(".article-text mark[data-current]", words)) > 0) return;
      await screen.press("j");
    }
    throw new Error(`no proposal says ${words}`);
  }

  /** In which direction a text runs, by its own letters. */
  async directionOf(selector: string): Promise<string> {
    return this.screen.page.evaluate((where) => {
      const found = document.querySelector(where);
      return found === null ? "" : getComputedStyle(found).direction;
    }, selector);
  }

  async scanned(where: string): Promise<string[]> {
    return (await this.screen.scan()).map((finding) => `${where}: ${finding}`);
  }

  async leave(): Promise<void> {
    await this.screen.close();
  }
}
