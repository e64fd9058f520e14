import { describe, expect, it } from '@jest/globals';
import { entryOf, ids } from './testing/event-records.js';
import { idsOf, kindsOf, reading, readingAfter } from './testing/reading.js';

describe('reading a feed', () => {
  it('#1 waits at an empty feed, and never asks for page 0', async () => {
    const { feed, read, at } = reading();
    for (let poll = 0; poll < 3; poll += 1) {
      expect((await read()).entries).toEqual([]);
      expect(feed.asked).toEqual(['recent']);
    }
    expect(at()).toMatchObject({ page: 0, lastEntryId: null, polls: 3 });
  });

  it('#2 says of every empty feed that it never had an entry, because a misspelt category looks the same', async () => {
    const { read } = reading({ startAt: 'now' });
    expect(kindsOf(await read(), await read())).toEqual(['never-had-an-entry', 'never-had-an-entry']);
  });

  it.each(['beginning', 'now'] as const)('#3 delivers the first entry of an empty feed once, whether it was to start at its %s', async (startAt) => {
    const { feed, read, at } = reading({ startAt });
    await read();
    feed.append('e1');
    expect(idsOf(await read())).toEqual(['e1']);
    expect(at()).toMatchObject({ page: 1, lastEntryId: 'e1' });
    expect(idsOf(await read())).toEqual([]);
  });

  it('#4 reads the only page there is, in order, with one request', async () => {
    const { feed, read } = reading();
    feed.append(...ids(1, 3));
    expect(idsOf(await read())).toEqual(['e1', 'e2', 'e3']);
    expect(feed.asked).toEqual(['recent']);
  });

  it('#5 reads N pages from the first on, each entry once and in order, in about N requests', async () => {
    const { feed, read, readOnly } = reading();
    feed.append(...ids(1, 3998));
    let requests = 0;
    const got: string[] = [];
    for (let more = true; more; ) {
      const told = await read();
      requests += feed.asked.length;
      expect(told.entries.length).toBeLessThanOrEqual(100);
      got.push(...idsOf(told));
      more = told.more;
    }
    expect(got).toEqual(ids(1, 3998));
    expect(requests).toBeLessThan(1.3 * 800);
    expect((await readOnly()).findings).toEqual([]);
  });

  it('starts at now without delivering what was there, and delivers what comes', async () => {
    const { feed, read, at } = await readingAfter(33, { startAt: 'now' });
    expect(at()).toMatchObject({ page: 7, lastEntryId: 'e33', newestPage: 7, sinceStart: false });
    feed.append(...ids(34, 41));
    expect(idsOf(await read())).toEqual(ids(34, 41));
  });

  it('#6 costs one request when nothing is new', async () => {
    const { feed, read } = await readingAfter(12);
    const told = await read();
    expect(feed.asked).toEqual([3]);
    expect(told).toMatchObject({ entries: [], findings: [], more: false });
  });

  it('#6 costs three more every tenth time, for what came late', async () => {
    const { feed, read } = await readingAfter(23);
    const costs: number[] = [];
    for (let poll = 0; poll < 20; poll += 1) {
      await read();
      costs.push(feed.asked.length);
    }
    expect(costs.filter((cost) => cost === 1)).toHaveLength(18);
    expect(costs.filter((cost) => cost === 4)).toHaveLength(2);
  });

  it('#7 delivers only what is new on a page that grows', async () => {
    const { feed, read } = await readingAfter(11);
    for (const id of ids(12, 15)) {
      feed.append(id);
      expect(idsOf(await read())).toEqual([id]);
    }
  });

  it('#8 does not ask for a page that is not announced when its own is full', async () => {
    const { feed, read } = await readingAfter(10);
    expect((await read()).entries).toEqual([]);
    expect(feed.asked).toEqual([2]);
  });

  it('#9 goes on to the next page when one opens', async () => {
    const { feed, read, at } = await readingAfter(10);
    feed.append('e11');
    expect(idsOf(await read())).toEqual(['e11']);
    expect(at()).toMatchObject({ page: 3, newestPage: 3, lastEntryId: 'e11' });
  });

  it('#10 catches up over many pages without a gap', async () => {
    const { feed, readAll } = await readingAfter(4);
    feed.append(...ids(5, 777));
    expect(idsOf(...(await readAll()))).toEqual(ids(5, 777));
  });

  it('#11 picks up what appears while it reads', async () => {
    const { feed, read, readAll } = await readingAfter(3);
    feed.append(...ids(4, 22));
    let last = 22;
    feed.before = () => {
      if (last === 60) return;
      last += 1;
      feed.append(`e${last}`);
    };
    const told = await readAll();
    while (last < 60) told.push(await read());
    told.push(await read());
    expect(idsOf(...told)).toEqual(ids(4, 60));
  });

  it('#12 takes the last entry of a page for the newest', async () => {
    const { at } = await readingAfter(7);
    expect(at().lastEntryId).toBe('e7');
    expect(at().known.at(-1)).toEqual({ id: 'e7', page: 2 });
  });

  it.each(['beginning', 'now'] as const)('#13 takes a newest page that already announces the next one (from its %s)', async (startAt) => {
    const { feed, at } = reading({ startAt });
    feed.append(...ids(1, 5));
    const { readFeed } = await import('./feed-reader.js');
    const racing = async (page: number | 'recent') => {
      const told = await feed.fetchPage(page);
      return page === 'recent' && told !== null ? { ...told, hasNext: true } : told;
    };
    const first = await readFeed({ position: at(), startAt, fetchPage: racing });
    feed.append('e6');
    const second = await readFeed({ position: first.position, startAt, fetchPage: racing });
    expect(idsOf(first, second)).toEqual(startAt === 'now' ? ['e6'] : ids(1, 6));
  });

  it('#14 passes over an empty page in the middle, and waits on an empty newest one', async () => {
    const windows: Record<number, string[]> = { 1: ['e1'], 2: [], 3: ['e2'], 4: [] };
    const fetchPage = async (page: number | 'recent') => {
      const number = page === 'recent' ? 4 : page;
      return { number, hasNext: number < 4, entries: (windows[number] ?? []).map(entryOf) };
    };
    const { readFeed } = await import('./feed-reader.js');
    const first = await readFeed({ position: null, startAt: 'beginning', fetchPage });
    const second = await readFeed({ position: first.position, startAt: 'beginning', fetchPage });
    windows[4] = ['e3'];
    const third = await readFeed({ position: second.position, startAt: 'beginning', fetchPage });
    expect([first, second, third].map((told) => idsOf(told))).toEqual([['e1', 'e2'], [], ['e3']]);
    expect(kindsOf(first, second, third)).toEqual([]);
  });

  it('#16 goes on where pages get another size from some position on, over a short page', async () => {
    const { feed, readAll } = await readingAfter(44);
    feed.chunking = [
      { length: 5, start: 1 },
      { length: 9, start: 49 },
    ];
    feed.append(...ids(45, 97));
    const told = await readAll();
    expect(idsOf(...told)).toEqual(ids(45, 97));
    expect(kindsOf(...told)).toEqual([]);
  });

  it('commits as it goes: a limit of pages is told, and the next reading goes on behind it', async () => {
    const { feed, read, at } = reading({ maxPages: 3 });
    feed.append(...ids(1, 33));
    expect(await read()).toMatchObject({ more: true });
    expect(at()).toMatchObject({ page: 3, lastEntryId: 'e15' });
    expect(idsOf(await read())).toEqual(ids(16, 25));
    expect(idsOf(await read())).toEqual(ids(26, 33));
    expect(await read()).toMatchObject({ entries: [], more: false });
  });

  it('moves on even where it may read but one page at a time', async () => {
    const { feed, readAll } = reading({ maxPages: 1 });
    feed.append(...ids(1, 33));
    expect(idsOf(...(await readAll()))).toEqual(ids(1, 33));
  });

  it('keeps no more than its memory, and delivers nothing twice beyond it', async () => {
    const { feed, at, read, readAll } = await readingAfter(1203);
    expect(at().known).toHaveLength(500);
    expect(at().sinceStart).toBe(false);
    feed.append('e1204');
    const told = [...(await readAll())];
    for (let poll = 0; poll < 20; poll += 1) told.push(await read());
    expect(idsOf(...told)).toEqual(['e1204']);
  });
});
