// The only file that knows the browser driver: screens, keys, and what must never show up in them.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Browser, chromium, type Page } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const PATIENCE_MS = 20_000;

let browser: Promise<Browser> | undefined;

function launch(): Promise<Browser> {
  browser ??= chromium.launch({
    executablePath: process.env.CHROMIUM ?? process.env.DIWAN_BROWSER ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-dev-shm-usage",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  return browser;
}

export async function closeBrowser(): Promise<void> {
  await (await browser)?.close();
  browser = undefined;
}

// Drivers of software-drawn maps tell the console about their speed; that is no fault of ours.
const NO_FAULT = [/GL Driver Message/, /WebGL.*(performance|ReadPixels)/i, /GPU stall/];

type Violation = {
  id: string;
  impact?: string | null;
  nodes: { html: string; failureSummary?: string }[];
};

export class Screen {
  /** Console errors, page errors and policy reports since the screen was opened. */
  readonly faults: string[] = [];
  /** Answers a story expects to be refused, which the console also calls errors. */
  forgiven: RegExp[] = [];

  private constructor(
    readonly page: Page,
    readonly base: string,
    readonly language: string,
  ) {}

  static async open(base: string, language: string, width = 1440, height = 900): Promise<Screen> {
    const context = await (await launch()).newContext({
      viewport: { width, height },
      locale: language === "en" ? "en-GB" : language,
      reducedMotion: "reduce",
    });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    const screen = new Screen(page, base, language);
    page.on("console", (message) => {
      if (message.type() === "error")
        screen.note(`console: ${message.text()} ${message.location().url}`);
    });
    page.on("pageerror", (error) => screen.note(`page: ${error.message}`));
    await page.addInitScript((code) => {
      localStorage.setItem("diwan.language", code);
      document.addEventListener("securitypolicyviolation", (event) => {
        console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
      });
    }, language);
    return screen;
  }

  private note(text: string): void {
    if (NO_FAULT.some((each) => each.test(text))) return;
    this.faults.push(text);
  }

  /** What is left after what the story itself provoked. */
  unforgiven(): string[] {
    return this.faults.filter((text) => !this.forgiven.some((each) => each.test(text)));
  }

  goto(path: string): Promise<unknown> {
    return this.page.goto(this.base + path);
  }

  async reload(): Promise<void> {
    await this.page.reload();
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.insertText(text);
  }

  /** One letter after another, for fields that listen to each. */
  async spell(text: string): Promise<void> {
    await this.page.keyboard.type(text, { delay: 15 });
  }

  async focus(selector: string): Promise<void> {
    await this.page.locator(selector).first().focus();
  }

  async click(selector: string): Promise<void> {
    await this.page.locator(selector).first().click();
  }

  async fill(selector: string, text: string): Promise<void> {
    await this.page.locator(selector).first().fill(text);
  }

  see(selector: string, text?: string, timeout = PATIENCE_MS): Promise<void> {
    return this.wait("visible", selector, text, timeout);
  }

  seeNot(selector: string, text?: string, timeout = PATIENCE_MS): Promise<void> {
    return this.wait("hidden", selector, text, timeout);
  }

  /** A wait in vain tells what the page said meanwhile and where its keys went. */
  private async wait(
    state: "visible" | "hidden",
    selector: string,
    text: string | undefined,
    timeout: number,
  ): Promise<void> {
    const found = this.page.locator(selector).filter({ visible: true });
    const wanted = text === undefined ? found : found.filter({ hasText: text });
    try {
      await wanted.first().waitFor({ state, timeout });
    } catch (error) {
      const look = this.page.evaluate(() => ({
        at: location.pathname,
        said: [...document.querySelectorAll(".telling, [role=alert]")].map(
          (each) => each.textContent,
        ),
        focus: document.activeElement?.outerHTML.slice(0, 200),
      }));
      const met = await look.catch(() => "is gone");
      throw new Error(`${String(error)}\nthe page: ${JSON.stringify(met)}`);
    }
  }

  async count(selector: string, text?: string): Promise<number> {
    const found = this.page.locator(selector);
    return (text === undefined ? found : found.filter({ hasText: text })).count();
  }

  async text(selector: string): Promise<string> {
    // biome-ignore lint/performance/useDomNodeTextContent: the lines of what a person sees matter
    return (await this.page.locator(selector).first().innerText()).replace(/[\u2066-\u2069]/g, "");
  }

  async value(selector: string): Promise<string> {
    return this.page.locator(selector).first().inputValue();
  }

  async attribute(selector: string, name: string): Promise<string | null> {
    return this.page.locator(selector).first().getAttribute(name);
  }

  /** The value of the field that has the focus, and which field it is. */
  async focused(): Promise<string | null> {
    return this.page.evaluate(() => document.activeElement?.getAttribute("data-field") ?? null);
  }

  direction(): Promise<string> {
    return this.page.evaluate(() => document.documentElement.dir);
  }

  /** Serious and critical findings of the accessibility scan, one line each. */
  async scan(): Promise<string[]> {
    // Evaluated by the driver, outside the page's policy.
    await this.page.evaluate(AXE);
    const violations = await this.page.evaluate(async () => {
      const axe = (
        window as unknown as {
          axe: { run: (where: Document, how: object) => Promise<{ violations: Violation[] }> };
        }
      ).axe;
      return (await axe.run(document, { resultTypes: ["violations"] })).violations;
    });
    return violations
      .filter((each) => each.impact === "serious" || each.impact === "critical")
      .map(
        (each) =>
          `${each.id}: ${each.nodes
            .slice(0, 3)
            .map((node) => node.html.slice(0, 160))
            .join(" | ")}`,
      );
  }

  async picture(path: string): Promise<void> {
    await this.page.screenshot({ path });
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}
