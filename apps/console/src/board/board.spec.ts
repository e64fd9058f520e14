import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { BoardInstance } from '@sync-hub/contracts';
import { until } from '@sync-hub/messaging/testing';
import type { Overview } from '../overview.js';
import { type MemoryConsole, memoryConsole, TOKEN } from '../testing/memory-console.js';
import { anOverview, aSite, secondsBefore } from '../testing/overview.builder.js';

jest.setTimeout(30_000);

let running: MemoryConsole | null = null;
let looks = 0;
let answer: () => Promise<Overview>;
let instances: readonly BoardInstance[] = [];
const leaving: AbortController[] = [];
afterEach(async () => {
  for (const one of leaving.splice(0)) one.abort();
  await running?.stop();
});

async function start(times: { readonly mostWatchers?: number; readonly againMs?: number } = {}): Promise<string> {
  looks = 0;
  answer = async () => anOverview();
  instances = [];
  running = await memoryConsole({
    overview: {
      read: () => {
        looks += 1;
        return answer();
      },
    },
    instances: { read: async () => instances },
    board: { lookMs: 20, againMs: 60_000, beatMs: 20, ...times },
  });
  return running.url;
}

/** What somebody who watches has heard so far. */
async function watching(url: string) {
  const gone = new AbortController();
  leaving.push(gone);
  const response = await fetch(`${url}/api/board/events`, { headers: { authorization: `Bearer ${TOKEN}` }, signal: gone.signal });
  const heard = { status: response.status, type: response.headers.get('content-type'), text: '', leave: () => gone.abort() };
  const read = async (): Promise<void> => {
    for await (const part of response.body ?? []) heard.text += new TextDecoder().decode(part);
  };
  read().catch(() => undefined);
  return heard;
}
const boards = (text: string): number => text.split('event: board\n').length - 1;

describe('the board as it is told', () => {
  it('comes at once, again when it has changed, not when it has not, and with a beat meanwhile', async () => {
    const one = await watching(await start());
    await until('it is told', () => boards(one.text) > 0);
    expect([one.status, one.type]).toEqual([200, 'text/event-stream; charset=utf-8']);
    await until('several beats and looks have been', () => one.text.split(': still here').length > 5 && looks > 1);
    const before = boards(one.text);
    expect(before).toBeLessThanOrEqual(2);
    answer = async () => anOverview({ sites: [aSite('central'), aSite('kisumu', { state: 'down', since: secondsBefore(2) })] });
    await until('the change is told', () => boards(one.text) > before && one.text.includes('"state":"down"'));
  });

  it('has the instances that report here, and comes again where one is heard of no more, not each time that one is heard of', async () => {
    const heard = (changes: Partial<BoardInstance>): BoardInstance => ({
      ...{ origin: 'kisumu-box', heardAt: '2026-11-24T07:42:00.000Z', isUnheard: false, isOutdated: false },
      ...{ health: null, healthAsOf: null, healthHeardAt: null },
      ...changes,
    });
    const url = await start();
    instances = [heard({})];
    const one = await watching(url);
    await until('it is told', () => one.text.includes('"origin":"kisumu-box"') && one.text.split(': still here').length > 5);
    const [before, beats] = [boards(one.text), one.text.split(': still here').length];
    instances = [heard({ heardAt: '2026-11-24T07:42:10.000Z' })];
    // A reading serves a second.
    await until('a second and more has been', () => one.text.split(': still here').length > beats + 60);
    expect(boards(one.text)).toBe(before);
    instances = [heard({ isUnheard: true, isOutdated: true })];
    await until('that is told', () => boards(one.text) > before && one.text.includes('"isUnheard":true'));
  });

  it('is read once for all who watch, and by nobody once they have left', async () => {
    const url = await start();
    const all = await Promise.all(Array.from({ length: 20 }, () => watching(url)));
    await until('all have heard', () => all.every(({ text }) => boards(text) > 0));
    // A reading serves a second.
    expect(looks).toBeLessThanOrEqual(4);
    for (const one of all) one.leave();
    await until('it is read no more', async () => {
      const before = looks;
      await new Promise((resolve) => setTimeout(resolve, 1500));
      return looks === before;
    });
  });

  it('is told to so many and no more, until one leaves', async () => {
    const url = await start({ mostWatchers: 2 });
    const [first, second] = [await watching(url), await watching(url)];
    expect([first.status, second.status, (await watching(url)).status]).toEqual([200, 200, 503]);
    first.leave();
    await until('there is a place', async () => (await watching(url)).status === 200);
  });

  it('says that it cannot be read, and goes on when it can', async () => {
    const one = await watching(await start());
    await until('it is told', () => boards(one.text) > 0);
    answer = async () => Promise.reject(new Error('down'));
    await until('it says so', () => one.text.includes('event: unreadable\ndata: null'));
    const before = boards(one.text);
    answer = async () => anOverview();
    await until('it goes on', () => boards(one.text) > before);
    expect(one.text).not.toContain('Error');
  });
});
