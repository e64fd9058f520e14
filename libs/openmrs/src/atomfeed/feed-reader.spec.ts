import { describe, expect, it } from '@jest/globals';
import { SiteDownError } from '@sync-hub/contracts';
import { ids } from '../testing/feed-table.js';
import { idsOf, kindsOf, reader, readerAfter } from '../testing/table-reader.js';
import type { FeedReading } from './feed-position.js';

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
      if (added === 9) return;
      added += 1;
      table.append(`late${added}`);
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

  it('53: looks for itself when its page cannot be told and the newest can', async () => {
    const { table, read } = await readerAfter(14);
    table.append(...ids(15, 22));
    table.poisoned.add('e12');
    const reading = await read();
    expect(idsOf(reading)).toEqual(ids(16, 22));
    expect(reading.findings).toEqual([
      { kind: 're-anchored', fromPage: 3, toPage: 2 },
      { kind: 'page-unreadable', page: 3 },
    ]);
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

  it('59: keeps the order of the pages, whatever times they tell', async () => {
    const { table, read } = reader();
    table.append(...ids(1, 9));
    const times = [
      '2024-05-06T07:14:56Z',
      '2024-05-06T07:14:56Z',
      '2031-01-01T00:00:00Z',
      '1999-01-01T00:00:00Z',
      '',
      'yesterday',
      '2024-05-06T10:14:56+03:00',
    ];
    table.rows = table.rows.map((row, index) => ({ ...row, updated: times[index % times.length] ?? '' }));
    expect(idsOf(await read())).toEqual(ids(1, 9));
    expect(idsOf(await read())).toEqual([]);
  });
});
