import { describe, expect, it } from '@jest/globals';
import { ContractError, LockedOutError, NotAllowedError, SiteDownError, TransientError } from '@sync-hub/contracts';
import { readFeedPage } from './feed-page.js';
import { readFeed } from './feed-reader.js';
import { entryOf, ids } from './testing/event-records.js';
import { feedDocument } from './testing/feed-document.js';
import { idsOf, kindsOf, reading, readingAfter } from './testing/reading.js';

const REFUSALS = [
  ['null', null],
  ['500', new TransientError('server-error', 'failed')],
  ['404 with HTML', new SiteDownError('no feed')],
  ['200 with JSON', new ContractError('no XML')],
] as const;

describe('reading a feed from a server in trouble', () => {
  it.each(REFUSALS)('#53 looks for itself when its page is gone (%s) and the newest one is not', async (_how, refusal) => {
    const { feed, read } = await readingAfter(60);
    feed.refusal = refusal;
    feed.purge(40);
    feed.append('e61');
    const told = await read();
    expect(idsOf(told)).toEqual(['e61']);
    expect(told.findings).toEqual([{ kind: 're-anchored', fromPage: 12, toPage: 4 }]);
  });

  it.each(REFUSALS)('#54 changes nothing when no page can be had (%s)', async (_how, refusal) => {
    const { feed, readOnly } = await readingAfter(14);
    feed.refusal = refusal;
    feed.append(...ids(15, 30));
    for (const { id } of feed.rows) feed.poisoned.add(id);
    await expect(readOnly()).rejects.toThrow(refusal?.message ?? 'cannot be told');
    feed.poisoned.clear();
    expect(idsOf(await readOnly())).toEqual(ids(15, 30));
  });

  it.each([
    ['401', new LockedOutError('locked out')],
    ['403', new NotAllowedError('not allowed')],
  ])('#55 stops at once at a %s, asks nothing more, and goes on from where it was', async (_status, error) => {
    const { feed, read, at } = await readingAfter(3);
    const before = at();
    feed.append(...ids(4, 30));
    feed.before = (page) => {
      if (page === 3) throw error;
    };
    await expect(read()).rejects.toBe(error);
    expect(feed.asked).toEqual([1, 2, 3]);
    expect(at()).toEqual(before);
    feed.before = () => undefined;
    expect(idsOf(await read())).toEqual(ids(4, 30));
  });

  it('#55 stops at once at a 401 for the newest page', async () => {
    const { feed, read } = await readingAfter(8);
    feed.purge(5);
    const locked = new LockedOutError('locked out');
    feed.before = (page) => {
      if (page === 'recent') throw locked;
    };
    await expect(read()).rejects.toBe(locked);
    expect(feed.asked).toEqual([2, 'recent']);
  });

  it('#56 takes one lost answer for no more than that', async () => {
    const { feed, read } = await readingAfter(4);
    feed.append(...ids(5, 30));
    let lost = false;
    feed.before = (page) => {
      if (page !== 4 || lost) return;
      lost = true;
      throw new SiteDownError('reset');
    };
    const told = await read();
    expect(idsOf(told)).toEqual(ids(5, 30));
    expect(told.findings).toEqual([]);
  });

  it('#56 keeps whole pages when the connection goes, and then throws while there is nothing to keep', async () => {
    const { feed, read, at } = await readingAfter(4);
    feed.append(...ids(5, 30));
    feed.before = (page) => {
      if (page === 'recent' || page > 3) throw new SiteDownError('reset');
    };
    const told = await read();
    expect(idsOf(told)).toEqual(ids(5, 15));
    expect(told.more).toBe(true);
    const before = at();
    await expect(read()).rejects.toThrow(SiteDownError);
    expect(at()).toEqual(before);
    feed.before = () => undefined;
    expect(idsOf(await read())).toEqual(ids(16, 30));
  });

  it('#56 never delivers a part of a page that broke off', async () => {
    const { feed, read, at } = await readingAfter(4);
    feed.append('e5');
    const broken = async (page: number | 'recent') => {
      const told = await feed.fetchPage(page);
      return told && readFeedPage(Buffer.from(feedDocument(told, page).slice(0, -200)), null);
    };
    await expect(readFeed({ position: at(), startAt: 'beginning', fetchPage: broken })).rejects.toThrow(ContractError);
    expect(idsOf(await read())).toEqual(['e5']);
  });

  it.each(REFUSALS)('#57 passes over a page that its server cannot tell (%s), says so, and delivers it late when it can', async (_how, refusal) => {
    const { feed, read } = await readingAfter(9);
    feed.refusal = refusal;
    feed.append(...ids(10, 24));
    feed.poisoned.add('e13');
    const told = await read();
    expect(idsOf(told)).toEqual(['e10', ...ids(16, 24)]);
    expect(told.findings).toEqual([{ kind: 'page-unreadable', page: 3 }]);
    expect(kindsOf(await read(), await read())).toEqual(['page-unreadable', 'page-unreadable']);
    expect(feed.asked).toEqual([5, 3]);
    feed.poisoned.clear();
    const mended = await read();
    expect(mended.entries.map(({ entry, late }) => [entry.id, late])).toEqual(ids(11, 15).map((id) => [id, true]));
    for (let poll = 0; poll < 12; poll += 1) expect(await read()).toMatchObject({ entries: [], findings: [] });
  });

  it('#57 gets what it is owed although the poisonous row was deleted and the others moved', async () => {
    const { feed, read } = await readingAfter(9);
    feed.append(...ids(10, 24));
    feed.poisoned.add('e11');
    await read();
    feed.delete('e11', 'e2');
    const told = [];
    for (let poll = 0; poll < 12; poll += 1) told.push(await read());
    expect(idsOf(...told).sort()).toEqual(ids(12, 15));
  });

  it('#57 delivers what stands before a newest page that cannot be told, and waits for the next one', async () => {
    const { feed, read } = await readingAfter(8);
    feed.append(...ids(9, 12));
    feed.poisoned.add('e11');
    expect(idsOf(await read())).toEqual(['e9', 'e10']);
    await expect(read()).rejects.toThrow(TransientError);
    feed.append(...ids(13, 16));
    expect(idsOf(await read())).toEqual(['e16']);
    feed.poisoned.clear();
    feed.append(...ids(17, 22));
    expect(idsOf(await read()).sort()).toEqual([...ids(11, 15), ...ids(17, 22)]);
  });

  it.each([4, 14])('#57 goes on behind its own page when that one (of entry %i) is the poisoned one', async (count) => {
    const { feed, read } = await readingAfter(count);
    feed.append(...ids(count + 1, 22));
    feed.poisoned.add(`e${count}`);
    expect(idsOf(await read())).toEqual(ids(count + 2, 22));
    feed.poisoned.clear();
    expect(idsOf(await read())).toEqual([`e${count + 1}`]);
  });

  it('#57 reads a feed from its beginning over several poisoned pages, its first one among them', async () => {
    const { feed, readAll, read } = reading();
    feed.append(...ids(1, 40));
    for (const id of ['e2', 'e14', 'e16']) feed.poisoned.add(id);
    const told = await readAll();
    expect(idsOf(...told)).toEqual([...ids(6, 10), ...ids(21, 40)]);
    feed.poisoned.clear();
    expect(idsOf(await read()).sort()).toEqual([...ids(1, 5), ...ids(11, 20)].sort());
  });

  it('#57 takes many unreadable pages for a server that is not well, and gives none of them up', async () => {
    const { feed, read, readAll, at } = reading();
    feed.append(...ids(1, 300));
    for (const { id } of feed.rows.slice(5, 295)) feed.poisoned.add(id);
    await expect(read()).rejects.toThrow('too many pages');
    await expect(read()).rejects.toThrow('too many pages');
    expect(at()).toBeNull();
    for (const { id } of feed.rows.slice(100)) feed.poisoned.delete(id);
    const told = await readAll();
    expect(idsOf(...told)).toEqual([...ids(1, 5), ...ids(101, 300)]);
    feed.poisoned.clear();
    expect(idsOf(await read()).sort()).toEqual([...ids(6, 100)].sort());
  });

  it('#57 tries what it is owed in turns', async () => {
    const { feed, read, readAll } = reading();
    feed.append(...ids(1, 40));
    for (const id of ['e7', 'e17', 'e27']) feed.poisoned.add(id);
    await readAll();
    feed.poisoned.delete('e27');
    expect(idsOf(await read(), await read(), await read())).toEqual(ids(26, 30));
  });

  it('#57 is owed a page that it could not read again', async () => {
    const { feed, read } = await readingAfter(23);
    feed.insertBefore('slow', 'e14');
    feed.delete('e1');
    feed.poisoned.add('e15');
    const told = [];
    for (let poll = 0; poll < 10; poll += 1) told.push(await read());
    expect(kindsOf(...told)).toContain('page-unreadable');
    feed.poisoned.clear();
    expect(idsOf(await read())).toEqual(['slow']);
  });

  it('#57 is owed a page under its new number once others were purged', async () => {
    const { feed, read, readAll } = await readingAfter(9);
    feed.append(...ids(10, 124));
    feed.poisoned.add('e13');
    await readAll();
    feed.purge(10);
    expect((await read()).findings).toEqual([
      { kind: 'page-unreadable', page: 1 },
      { kind: 're-anchored', fromPage: 25, toPage: 23 },
    ]);
    feed.poisoned.clear();
    expect(idsOf(await read())).toEqual(ids(11, 15));
  });

  it('#57 does not forget what it remembers of a page that it cannot read', async () => {
    const { feed, read, at } = await readingAfter(13);
    feed.append(...ids(14, 22));
    feed.poisoned.add('e12');
    await read();
    expect(at().known).toContainEqual({ id: 'e12', page: 3 });
  });

  it('does not move what it is owed either where it suspects another generation', async () => {
    const { feed, read, at } = await readingAfter(9);
    feed.append(...ids(10, 44));
    feed.poisoned.add('e13');
    await read();
    const before = at();
    feed.poisoned.clear();
    feed.delete(...ids(1, 5), ...ids(30, 44));
    expect(kindsOf(await read())).toEqual(['generation-suspected']);
    expect(at()).toEqual(before);
  });

  it('takes the newest page for the one of its number where only that one cannot be had', async () => {
    const { feed, read } = await readingAfter(12);
    feed.append('e13');
    feed.before = (page) => {
      if (page === 3) throw new SiteDownError('no such address');
    };
    expect(await read()).toMatchObject({ entries: [{ page: 3, late: false }], findings: [] });
  });

  it('#59 keeps the order of the pages, whatever times they tell', async () => {
    const { feed, read } = reading();
    feed.overTheWire = true;
    feed.append(...ids(1, 9));
    const times = [
      '2024-05-06T07:14:56Z',
      '2024-05-06T07:14:56Z',
      '2031-01-01T00:00:00Z',
      '1999-01-01T00:00:00Z',
      '',
      'yesterday',
      '2024-05-06T10:14:56+03:00',
    ];
    feed.rows = feed.rows.map((row, index) => ({ ...row, updated: times[index % times.length] ?? '' }));
    expect(idsOf(await read())).toEqual(ids(1, 9));
    expect(idsOf(await read())).toEqual([]);
  });

  it.each([
    ['#58 with links to a host that nobody reaches', 'https://10.0.0.1:443/openmrs/ws/atomfeed/location', (xml: string) => xml],
    ['#58 with queries on its links', 'http://h/openmrs/ws/atomfeed/location', (xml: string) => xml.replace(/(href="[^"]*\/\d+)"/g, '$1?x=1&amp;y=2"')],
    ['#68 without published, via and self', 'http://h/openmrs/ws/atomfeed/location', (xml: string) => xml.replace(/ *<link rel="(via|self)".*\r\n/g, '')],
  ])('a feed %s is read to its end', async (_how, base, change) => {
    const { feed, at } = reading();
    feed.append(...ids(1, 23));
    const fetchPage = async (page: number | 'recent') => {
      const told = await feed.fetchPage(page);
      return told && readFeedPage(Buffer.from(change(feedDocument(told, page, base))), null);
    };
    const first = await readFeed({ position: at(), startAt: 'beginning', fetchPage });
    feed.append(...ids(24, 31));
    const second = await readFeed({ position: first.position, startAt: 'beginning', fetchPage });
    expect(idsOf(first, second)).toEqual(ids(1, 31));
    const now = await readFeed({ position: null, startAt: 'now', fetchPage });
    expect(now.position).toMatchObject({ page: 7, lastEntryId: 'e31' });
  });

  it('#70 reads a page of ten thousand entries, and remembers no more of it than of others', async () => {
    const { feed, read, at } = reading();
    feed.overTheWire = true;
    feed.chunking = [{ length: 10_000, start: 1 }];
    feed.rows = ids(1, 9_999).map((id) => entryOf(id));
    expect((await read()).entries).toHaveLength(9_999);
    expect(at().known).toHaveLength(500);
    feed.append('e10000', 'e10001');
    expect(idsOf(await read())).toEqual(['e10000', 'e10001']);
    expect(idsOf(await read())).toEqual([]);
    expect(feed.asked).toEqual([2]);
  });

  it('#60 is silent, and suspects nothing, while the publisher at the site stands still', async () => {
    const { feed, read } = await readingAfter(23);
    for (let poll = 0; poll < 100; poll += 1) expect(await read()).toMatchObject({ entries: [], findings: [], more: false });
    feed.append(...ids(24, 61));
    expect(idsOf(await read())).toEqual(ids(24, 61));
  });

  it('#67 goes on from its last page each time that a long reading is cut off, and reads no page of it more than a few times', async () => {
    const { feed, read, at } = reading();
    feed.append(...ids(1, 2000));
    let left = 0;
    let requests = 0;
    feed.before = () => {
      requests += 1;
      left -= 1;
      if (left < 0) throw new SiteDownError('the line is down');
    };
    const got: string[] = [];
    for (let day = 0; got.length < 2000 && day < 200; day += 1) {
      left = 13;
      const told = await read().catch((error: unknown) => error);
      if (!(told instanceof Error)) got.push(...idsOf(told as Awaited<ReturnType<typeof read>>));
    }
    expect(got).toEqual(ids(1, 2000));
    expect(at().lastEntryId).toBe('e2000');
    expect(requests).toBeLessThan(2 * 400);
  });
});
