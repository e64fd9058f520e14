import { describe, expect, it } from '@jest/globals';
import { SiteDownError } from '@sync-hub/contracts';
import fc from 'fast-check';
import { FeedTable, ids } from '../testing/feed-table.js';
import type { FeedPosition, FeedReading, FeedStart } from './feed-position.js';
import { readFeed, type ReadFeedOptions } from './feed-reader.js';

const idsOf = (reading: FeedReading) => reading.entries.map(({ entry }) => entry.id);
const lateOf = (reading: FeedReading) => reading.entries.filter(({ late }) => late).map(({ entry }) => entry.id);
const kindsOf = (reading: FeedReading) => reading.findings.map(({ kind }) => kind);

/** A table and a reader that keeps its position, as the feed-watcher does. */
function reader(startAt: FeedStart = 'beginning', options: Partial<ReadFeedOptions> = {}) {
  const table = new FeedTable();
  let position: FeedPosition | null = null;
  const read = async () => {
    table.asked.length = 0;
    const reading = await readFeed({ position, startAt, fetchPage: (page) => table.fetch(page), maxPages: 50, ...options });
    position = reading.position;
    return reading;
  };
  return { table, read, at: () => position as FeedPosition, back: (to: FeedPosition) => (position = to) };
}

/** A reader that has read `count` entries. */
async function readerAfter(count: number, start: FeedStart = 'beginning', options: Partial<ReadFeedOptions> = {}) {
  const made = reader(start, options);
  made.table.append(...ids(1, count));
  await made.read();
  return made;
}

describe('reading a feed', () => {
  it('1, 2: says that a feed never had an entry, asks for no page 0, and stays where it is', async () => {
    const { table, read, at } = reader();
    const reading = await read();
    expect(table.asked).toEqual(['recent']);
    expect(kindsOf(reading)).toEqual(['never-had-an-entry']);
    expect(at().page).toBe(0);
  });

  it('3: delivers the first entry of an empty feed once, from page 1', async () => {
    const { table, read, at } = reader();
    await read();
    table.append('e1');
    expect(idsOf(await read())).toEqual(['e1']);
    expect(at()).toMatchObject({ page: 1, lastEntryId: 'e1' });
    expect(idsOf(await read())).toEqual([]);
  });

  it('3: delivers what comes after "now" on an empty feed', async () => {
    const { table, read } = reader('now');
    await read();
    table.append('e1');
    expect(idsOf(await read())).toEqual(['e1']);
  });

  it('4: reads the only page there is, in order, with one request', async () => {
    const { table, read } = reader();
    table.append(...ids(1, 3));
    expect(idsOf(await read())).toEqual(['e1', 'e2', 'e3']);
    expect(table.asked).toEqual(['recent']);
  });

  it('5: reads N pages in order, each entry once, in about N requests', async () => {
    const { table, read } = reader();
    table.append(...ids(1, 98));
    const reading = await read();
    expect(idsOf(reading)).toEqual(ids(1, 98));
    expect(table.asked.length).toBeLessThanOrEqual(21);
  });

  it('5: reads a long feed in several goes and leaves out nothing between them', async () => {
    const { table, read } = reader('beginning', { maxPages: 7 });
    table.append(...ids(1, 198));
    const got: string[] = [];
    let reading: FeedReading;
    do {
      reading = await read();
      got.push(...idsOf(reading));
    } while (reading.more);
    expect(got).toEqual(ids(1, 198));
  });

  it('starts at "now" without delivering anything that was there', async () => {
    const { table, read } = await readerAfter(33, 'now');
    table.append('e34');
    expect(idsOf(await read())).toEqual(['e34']);
  });

  it('6: costs one request when nothing is new', async () => {
    const { table, read } = await readerAfter(12);
    const reading = await read();
    expect(table.asked).toEqual([3]);
    expect(reading.entries).toEqual([]);
    expect(reading.findings).toEqual([]);
  });

  it('7: delivers only what is new on the working page', async () => {
    const { table, read } = await readerAfter(11);
    table.append('e12');
    expect(idsOf(await read())).toEqual(['e12']);
    table.append('e13', 'e14');
    expect(idsOf(await read())).toEqual(['e13', 'e14']);
  });

  it('8: does not ask for a page that is not announced when its own is full', async () => {
    const { table, read } = await readerAfter(10);
    await read();
    expect(table.asked).toEqual([2]);
  });

  it('9: goes on to the next page when one opens', async () => {
    const { table, read, at } = await readerAfter(10);
    table.append('e11');
    expect(idsOf(await read())).toEqual(['e11']);
    expect(at().page).toBe(3);
  });

  it('10: catches up over many pages without a gap', async () => {
    const { table, read } = await readerAfter(4);
    table.append(...ids(5, 77));
    expect(idsOf(await read())).toEqual(ids(5, 77));
  });

  it('11: picks up what appears while it reads', async () => {
    const { table, read } = await readerAfter(3);
    table.append(...ids(4, 22));
    let added = 0;
    table.beforeAnswer = () => {
      if (added < 9) table.append(`late${(added += 1)}`);
    };
    const got: string[] = [];
    while (got.length < 28) got.push(...idsOf(await read()));
    expect(got).toEqual([...ids(4, 22), ...ids(1, 9).map((id) => id.replace('e', 'late'))]);
  });

  it('12: takes the last entry of a page for the newest', async () => {
    const { at } = await readerAfter(7);
    expect(at().lastEntryId).toBe('e7');
  });

  it('13: takes a newest page that already announces the next one', async () => {
    const { table, read } = reader('now');
    table.append(...ids(1, 5));
    const fetch = table.fetch;
    (table as { fetch: typeof fetch }).fetch = async (page) => {
      const told = await fetch(page);
      return page === 'recent' && told !== null ? { ...told, hasNext: true } : told;
    };
    await read();
    table.append('e6');
    expect(idsOf(await read())).toEqual(['e6']);
  });

  it('18: loses and repeats nothing when an old row is deleted and the marker stays on its page', async () => {
    const { table, read } = await readerAfter(13);
    table.delete('e2');
    table.append('e14');
    expect(idsOf(await read())).toEqual(['e14']);
  });

  it('19: finds the marker again on the page before', async () => {
    const { table, read, at } = await readerAfter(11);
    table.delete('e2');
    expect(idsOf(await read())).toEqual([]);
    expect(at()).toMatchObject({ page: 2, lastEntryId: 'e11' });
    table.append('e12');
    expect(idsOf(await read())).toEqual(['e12']);
  });

  it('19: also when new entries have taken its place', async () => {
    const { table, read } = await readerAfter(11);
    table.delete('e2');
    table.append(...ids(12, 18));
    const reading = await read();
    expect(idsOf(reading)).toEqual(ids(12, 18));
    expect(kindsOf(reading)).toEqual(['re-anchored']);
  });

  it.each([11, 13])('20: goes on from the entry before when the marker itself (of %i) is deleted', async (count) => {
    const { table, read } = await readerAfter(count);
    table.delete(`e${count}`);
    table.append(...ids(count + 1, count + 4));
    const reading = await read();
    expect(idsOf(reading)).toEqual(ids(count + 1, count + 4));
    expect(kindsOf(reading)).not.toContain('generation-suspected');
  });

  it('21: finds itself again after a mass purge, and replays nothing', async () => {
    const { table, read, at } = await readerAfter(120);
    table.delete(...ids(1, 88));
    table.append('e121');
    const reading = await read();
    expect(idsOf(reading)).toEqual(['e121']);
    expect(kindsOf(reading)).toEqual(['re-anchored']);
    expect(at().page).toBe(7);
    table.append('e122');
    expect(idsOf(await read())).toEqual(['e122']);
  });

  it.each([
    ['with nothing new since', []],
    ['and written to since', ['n1', 'n2']],
    ['and written to since beyond where it was', ids(1, 40).map((id) => `n${id}`)],
  ])('23: suspects another generation when a backup was restored %s, and does not move', async (_how, since) => {
    const { table, read, at } = await readerAfter(43);
    const before = at();
    table.delete(...ids(31, 43));
    table.append(...since);
    const reading = await read();
    expect(reading.findings).toMatchObject([{ kind: 'generation-suspected', why: 'known-tail-gone' }]);
    expect(reading.entries).toEqual([]);
    expect(reading.position).toEqual(before);
  });

  it('24: suspects another generation when nothing known is there', async () => {
    const { table, read, at } = await readerAfter(23);
    const before = at();
    table.rows = [];
    table.append(...ids(101, 150));
    const reading = await read();
    expect(reading.findings).toMatchObject([{ kind: 'generation-suspected', why: 'nothing-known' }]);
    expect(reading.position).toEqual(before);
  });

  it('24: suspects another generation when the feed is empty', async () => {
    const { table, read } = await readerAfter(23);
    table.rows = [];
    expect((await read()).findings).toMatchObject([{ kind: 'generation-suspected', why: 'feed-is-empty' }]);
  });

  it('25: delivers an entry that was inserted below the marker on its page', async () => {
    const { table, read } = await readerAfter(13);
    table.insertBefore('slow', 'e12');
    const reading = await read();
    expect(lateOf(reading)).toEqual(['slow']);
    expect(reading.findings).toEqual([{ kind: 'late-entries', count: 1 }]);
    expect(idsOf(await read())).toEqual([]);
  });

  it('25: delivers late entries of the two pages before when it comes to read them again', async () => {
    const { table, read } = await readerAfter(23, 'beginning', { rereadEvery: 3 });
    table.insertBefore('slow1', 'e14');
    table.insertBefore('slow2', 'e14');
    table.delete('e1', 'e2');
    const got = [await read(), await read(), await read()];
    expect(got.flatMap(idsOf)).toEqual(['slow1', 'slow2']);
    expect(got.flatMap(kindsOf)).toEqual(['late-entries']);
    expect((await read()).findings).toEqual([]);
  });

  it('26: delivers a late entry that pushed the marker to the next page', async () => {
    const { table, read, at } = await readerAfter(15);
    table.insertBefore('slow', 'e12');
    const reading = await read();
    expect(lateOf(reading)).toEqual(['slow']);
    expect(at()).toMatchObject({ page: 4, lastEntryId: 'e15' });
    table.append('e16');
    expect(idsOf(await read())).toEqual(['e16']);
  });

  it('does not deliver what is older than "now" when late rows push it onto a page', async () => {
    const { table, read } = await readerAfter(33, 'now', { rereadEvery: 1 });
    table.insertBefore('slow', 'e2');
    table.append('e34');
    expect(idsOf(await read())).toEqual(['e34']);
  });

  it('does not deliver again what has left its memory on a page of ten thousand', async () => {
    const { table, read } = reader();
    table.pageSize = 10_000;
    table.append(...ids(1, 4000));
    expect((await read()).entries.length).toBe(4000);
    table.append('new');
    expect(idsOf(await read())).toEqual(['new']);
  });

  it('27: delivers an entry once that stands on two pages', async () => {
    const { table, read } = await readerAfter(8);
    table.append('e7', 'e9', 'e10', 'e2', 'e11');
    expect(idsOf(await read())).toEqual(['e9', 'e10', 'e11']);
    expect(idsOf(await read())).toEqual([]);
  });

  it('28: delivers an entry once that stands on one page twice, and never reads on in circles', async () => {
    const { table, read } = await readerAfter(10);
    table.append('d', 'e11', 'd');
    expect(idsOf(await read())).toEqual(['d', 'e11']);
    expect(idsOf(await read())).toEqual([]);
    expect(table.asked).toEqual([3]);
  });

  it('53: looks for itself when its page cannot be told and the newest can', async () => {
    const { table, read } = await readerAfter(14);
    table.append(...ids(15, 22));
    table.poisoned.add('e12');
    const reading = await read();
    expect(idsOf(reading)).toEqual(ids(16, 22));
    expect(reading.findings).toEqual([{ kind: 're-anchored', fromPage: 3, toPage: 2 }, { kind: 'page-unreadable', page: 3 }]);
  });

  it('54: changes nothing when nothing can be read', async () => {
    const { table, read, at } = await readerAfter(14);
    const before = at();
    table.beforeAnswer = () => {
      throw new SiteDownError('down');
    };
    await expect(read()).rejects.toThrow(SiteDownError);
    expect(at()).toEqual(before);
  });

  it('56: keeps what it read in whole when the connection breaks in the middle, and goes on from there', async () => {
    const { table, read } = await readerAfter(4);
    table.append(...ids(5, 30));
    table.beforeAnswer = (page) => {
      if (page === 4) throw new SiteDownError('reset');
    };
    const reading = await read();
    expect(idsOf(reading)).toEqual(ids(5, 15));
    expect(reading.more).toBe(true);
    table.beforeAnswer = () => undefined;
    expect(idsOf(await read())).toEqual(ids(16, 30));
  });

  it('57: passes over a page that its server cannot tell, says so once, and delivers it when it can', async () => {
    const { table, read } = await readerAfter(9, 'beginning', { rereadEvery: 2 });
    table.append(...ids(10, 24));
    table.poisoned.add('e13');
    const reading = await read();
    expect(idsOf(reading)).toEqual(['e10', ...ids(16, 24)]);
    expect(reading.findings).toEqual([{ kind: 'page-unreadable', page: 3 }]);
    expect((await read()).findings).toEqual([]);
    table.poisoned.clear();
    const got = [...idsOf(await read()), ...idsOf(await read())];
    expect(got).toEqual(ids(11, 15));
  });

  it('57: delivers what stands before a working page that cannot be told, and waits for the next one', async () => {
    const { table, read } = await readerAfter(8);
    table.append(...ids(9, 12));
    table.poisoned.add('e11');
    expect(idsOf(await read())).toEqual(['e9', 'e10']);
    table.append(...ids(13, 16));
    expect(idsOf(await read())).toEqual(['e16']);
    table.poisoned.clear();
    table.append(...ids(17, 22));
    expect(idsOf(await read())).toEqual([...ids(11, 15), ...ids(17, 22)]);
  });

  it('delivers every entry that ever stood there exactly once, whatever one late row or one deleted old row does in between', async () => {
    const act = fc.oneof(
      { weight: 6, arbitrary: fc.record({ kind: fc.constant('append' as const), count: fc.integer({ min: 1, max: 9 }) }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('late' as const), back: fc.integer({ min: 1, max: 5 }) }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('delete' as const), at: fc.nat() }) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 25 }), async (acts) => {
        const { table, read } = reader('beginning', { rereadEvery: 1 });
        const got: string[] = [];
        const made: string[] = [];
        const make = () => (made.push(`e${made.length + 1}`), made.at(-1) as string);
        for (const one of acts) {
          const delivered = new Set(got);
          if (one.kind === 'append') for (let n = 0; n < one.count; n += 1) table.append(make());
          else if (one.kind === 'late' && table.rows.length > 0) table.insertBefore(make(), table.rows.at(-Math.min(one.back, table.rows.length))?.id ?? '');
          else if (one.kind === 'delete' && table.rows.length > 20) {
            const old = table.rows.slice(0, 5).filter(({ id }) => delivered.has(id));
            table.delete(...old.slice(0, 1).map(({ id }) => id));
          }
          const reading = await read();
          expect(kindsOf(reading)).not.toContain('generation-suspected');
          got.push(...idsOf(reading));
        }
        expect([...got].sort()).toEqual([...made].sort());
      }),
      { numRuns: 150 },
    );
  });
});
