import { createRequire } from 'node:module';
import { afterAll, beforeAll } from '@jest/globals';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { CHROMIUM_FLAGS, type FoundChromium, findChromium } from './find-chromium.js';

/** The browser of this run, looked for once; under `npm test` by the run's own process, which may install one. */
export async function chromiumOfRun(): Promise<FoundChromium> {
  const services = process.env['SYNC_HUB_TEST_SERVICES'];
  if (services === undefined) return findChromium({ mayInstall: false });
  const answer = await fetch(`${services}/chromium`);
  return answer.ok ? ((await answer.json()) as FoundChromium) : { reason: await answer.text() };
}

/** Builds the workbench of these sources, where nobody has in this run. */
export async function workbenchOfRun(): Promise<void> {
  const services = process.env['SYNC_HUB_TEST_SERVICES'];
  if (services === undefined) return;
  const answer = await fetch(`${services}/workbench`);
  if (!answer.ok) throw new Error(`the workbench cannot be built: ${await answer.text()}`);
}

/** A page of its own, with what it should not have done. */
export interface Opened {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors of scripts, and what the page's policy has stopped. */
  readonly complaints: readonly string[];
}

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What axe calls serious or worse, of a page whose policy is bypassed. */
export async function seriousIn(page: Page): Promise<readonly string[]> {
  await page.addScriptTag({ path: AXE }).catch(() => page.evaluate(`document.title`));
  return page.evaluate(
    `axe.run().then(({ violations }) => violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => id + ' ' + nodes[0].target))`,
  );
}

const PHONE = { width: 390, height: 844 };

/** Starts a browser for the tests of one file. Pages open one after the other, each with storage of its own. */
export function browserFor(found: FoundChromium): { open(address: string, options?: BrowserContextOptions & { readonly phone?: boolean }): Promise<Opened> } {
  let browser: Browser | null = null;
  const contexts: BrowserContext[] = [];
  beforeAll(async () => {
    if ('reason' in found) return;
    browser = await chromium.launch({ executablePath: found.program, args: CHROMIUM_FLAGS, headless: true });
  });
  afterAll(async () => {
    await Promise.all(contexts.map((context) => context.close()));
    await browser?.close();
  });
  return {
    open: async (address, { phone = false, ...options } = {}) => {
      if (browser === null) throw new Error('there is no browser');
      const context = await browser.newContext({ locale: 'en-GB', viewport: phone ? PHONE : { width: 1280, height: 900 }, hasTouch: phone, ...options });
      contexts.push(context);
      const page = await context.newPage();
      page.setDefaultTimeout(15_000);
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
      await page.goto(address);
      return { page, context, complaints };
    },
  };
}
