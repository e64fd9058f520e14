import { parseArgs } from 'node:util';
import { until } from '@sync-hub/messaging/testing';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { CHROMIUM_FLAGS, findChromium } from '../browser/find-chromium.js';
import { aPatient, personAt } from '../end-to-end/people.js';
import { runningHub } from '../end-to-end/running-hub.js';
import { percentile } from './report.js';

/** `npm run bench -- page [--times 10]`: how long the workbench takes, opened for the first time, until its board stands and the first click has acted; beside the overview, which runs next to nothing in a browser. */
const { values } = parseArgs({ strict: false, options: { times: { type: 'string', default: '10' } } });
const TIMES = Number(values['times']);

/** A line and a processor as the browser is told to be: kB a second, milliseconds there and back, times slower. */
const CIRCUMSTANCES = [
  { name: 'as it is', line: null, slower: 1 },
  { name: 'a line of 1.6 Mbit/s and 150 ms', line: { kbPerSecond: 200, latencyMs: 150 }, slower: 1 },
  { name: 'that line, a processor four times slower', line: { kbPerSecond: 200, latencyMs: 150 }, slower: 4 },
] as const;
type Circumstances = (typeof CIRCUMSTANCES)[number];

const found = await findChromium({ mayInstall: true });
if ('reason' in found) throw new Error(found.reason);
const hub = await runningHub();
const browser = await chromium.launch({ executablePath: found.program, args: CHROMIUM_FLAGS, headless: true });
try {
  const ward = hub.site('kisumu').clinician.addLocation({ name: 'Ward' });
  const patient = hub.site('kisumu').clinician.addPatient(aPatient({ location: ward }));
  await until('she is at the parent', () => personAt(hub.site('central'), patient) !== undefined, 60_000);
  await hub.atRest();
  process.stdout.write(`${found.about}, ${TIMES} times each, nothing kept from before\n\n`);
  process.stdout.write(
    '| | the overview stands, ms | the board stands, ms | the first click has acted, ms | longest | times the overview |\n| --- | --- | --- | --- | --- | --- |\n',
  );
  for (const each of CIRCUMSTANCES) process.stdout.write(`| ${each.name} | ${(await timesOf(each)).join(' | ')} |\n`);
} finally {
  await browser.close();
  await hub.stop();
}

async function timesOf(circumstances: Circumstances): Promise<readonly string[]> {
  const [bare, stands, acts]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < TIMES; round += 1) {
    bare.push(await opened(circumstances, overview));
    await opened(circumstances, async (page, since) => {
      stands.push(await board(page, since));
      return void acts.push(await firstClick(page, since));
    });
  }
  const [first, second, third] = [bare, stands, acts].map((ms) =>
    percentile(
      ms.sort((a, b) => a - b),
      0.5,
    ),
  ) as [number, number, number];
  return [...[first, second, third, acts.at(-1) ?? Number.NaN].map((ms) => ms.toFixed(0)), (third / first).toFixed(1)];
}

/** In a browser that has never seen it. */
async function opened<Result>({ line, slower }: Circumstances, measure: (page: Page, since: number) => Promise<Result>): Promise<Result> {
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 900 } });
  try {
    const page = await context.newPage();
    await slowed(context, page, { line, slower });
    return await measure(page, performance.now());
  } finally {
    await context.close();
  }
}

async function slowed(context: BrowserContext, page: Page, { line, slower }: Pick<Circumstances, 'line' | 'slower'>): Promise<void> {
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slower });
  if (line === null) return;
  const bytes = line.kbPerSecond * 1000;
  await session.send('Network.emulateNetworkConditions', { offline: false, latency: line.latencyMs, downloadThroughput: bytes, uploadThroughput: bytes });
}

async function overview(page: Page, since: number): Promise<number> {
  await page.goto(hub.standalone.consoleUrl, { waitUntil: 'commit' });
  await page.getByText('kisumu').first().waitFor();
  return performance.now() - since;
}

async function board(page: Page, since: number): Promise<number> {
  await page.goto(hub.standalone.workbenchUrl, { waitUntil: 'commit' });
  await page.getByRole('link', { name: 'kisumu → central', exact: true }).waitFor();
  return performance.now() - since;
}

async function firstClick(page: Page, since: number): Promise<number> {
  await page.getByRole('link', { name: 'kisumu → central', exact: true }).click();
  await page.getByText('Nobody has stopped it so far.').waitFor();
  return performance.now() - since;
}
