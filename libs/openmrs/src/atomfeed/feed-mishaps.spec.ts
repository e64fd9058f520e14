import { describe, expect, it } from '@jest/globals';
import { entryOf, ids } from './testing/event-records.js';
import { idsOf, kindsOf, lateOf, reading, readingAfter } from './testing/reading.js';

/** Polls so often that every page worth reading again was read again. */
async function settle(read: ReturnType<typeof reading>['read']) {
  const told = [];
  for (let poll = 0; poll < 12; poll += 1) told.push(await read());
  return told;
}

describe('reading a feed whose pages are cut anew', () => {
  it.each([1, 2, 3, 7, 20, 50])('#17 finds itself when pages of five become pages of %i, and neither repeats nor loses', async (length) => {
    const { feed, read, readAll } = await readingAfter(112);
    feed.chunking = [{ length, start: 1 }];
    feed.append(...ids(113, 150));
    const told = [...(await readAll()), ...(await settle(read))];
    expect(idsOf(...told)).toEqual(ids(113, 150));
    expect(kindsOf(...told)).not.toContain('generation-suspected');
  });

  it('#18 neither repeats nor loses when an old row is deleted and the marker stays on its page', async () => {
    const { feed, read } = await readingAfter(13);
    feed.delete('e2');
    feed.append('e14');
    const told = [await read(), ...(await settle(read))];
    expect(idsOf(...told)).toEqual(['e14']);
    expect(kindsOf(...told)).toEqual([]);
    expect(feed.asked).toEqual([3]);
  });

  it('#18 costs one request again once it has seen that an entry it read is gone', async () => {
    const { feed, read } = await readingAfter(23);
    feed.delete('e22');
    await read();
    await read();
    expect(feed.asked).toEqual([5]);
  });

  it('#19 finds the marker on the page before', async () => {
    const { feed, read, at } = await readingAfter(11);
    feed.delete('e2');
    expect(await read()).toMatchObject({ entries: [], findings: [{ kind: 're-anchored', fromPage: 3, toPage: 2 }] });
    expect(at()).toMatchObject({ page: 2, lastEntryId: 'e11' });
    feed.append('e12');
    expect(idsOf(await read())).toEqual(['e12']);
  });

  it('#19 finds the marker on the page before when new entries stand in its place', async () => {
    const { feed, read } = await readingAfter(11);
    feed.delete('e2');
    feed.append(...ids(12, 18));
    const told = [await read(), ...(await settle(read))];
    expect(idsOf(...told)).toEqual(ids(12, 18));
    expect(kindsOf(...told)).toEqual(['re-anchored']);
  });

  it.each([
    [11, 4],
    [13, 4],
    [13, 1],
    [13, 0],
    [15, 12],
  ])('#20 goes on from the entry before where the marker itself (of %i) is deleted and %i came after it', async (count, more) => {
    const { feed, read } = await readingAfter(count);
    feed.delete(`e${count}`);
    feed.append(...ids(count + 1, count + more));
    const told = [await read(), ...(await settle(read))];
    expect(idsOf(...told)).toEqual(ids(count + 1, count + more));
    expect(kindsOf(...told)).not.toContain('generation-suspected');
  });

  it('#20 takes one deleted marker after another', async () => {
    const { feed, read } = await readingAfter(23);
    for (let next = 24; next < 40; next += 1) {
      feed.delete(feed.rows.at(-1)?.id ?? '');
      feed.append(`e${next}`);
      const told = await read();
      expect(idsOf(told)).toEqual([`e${next}`]);
      expect(kindsOf(told)).not.toContain('generation-suspected');
    }
  });

  it('#20 takes two deleted one after the other, and then the page of them gone, for what they are', async () => {
    const { feed, read } = await readingAfter(12);
    feed.delete('e11');
    expect(kindsOf(await read())).toEqual([]);
    feed.delete('e12');
    expect(kindsOf(await read())).toEqual(['re-anchored']);
    feed.append('e13');
    expect(idsOf(await read())).toEqual(['e13']);
  });

  it.each([88, 95, 119])('#21 finds itself again after a purge of %i of 120 rows, and replays nothing', async (purged) => {
    const { feed, read, at } = await readingAfter(120);
    feed.purge(purged);
    feed.append('e121');
    const told = [await read(), ...(await settle(read))];
    expect(idsOf(...told)).toEqual(['e121']);
    expect(kindsOf(...told)).toEqual(['re-anchored']);
    expect(at().page).toBe(Math.ceil((121 - purged) / 5));
    feed.append(...ids(122, 140));
    expect(idsOf(await read())).toEqual(ids(122, 140));
  });

  it('#21 loses nothing to a purge in the middle of its reading', async () => {
    const { feed, read } = await readingAfter(60);
    feed.append(...ids(61, 95));
    feed.before = () => {
      if (feed.asked.length === 3 && feed.rows.length === 95) feed.purge(37);
    };
    const told = [await read(), ...(await settle(read))];
    expect(idsOf(...told)).toEqual(ids(61, 95));
  });

  it('#21 is not misled by an old entry that stands at the end once more', async () => {
    const { feed, read, readAll } = await readingAfter(60);
    feed.append(...ids(61, 175), 'e3');
    feed.purge(40);
    const told = [...(await readAll()), ...(await settle(read))];
    expect(idsOf(...told)).toEqual(ids(61, 175));
    expect(kindsOf(...told)).toEqual(['re-anchored']);
  });

  it('#22 delivers an entry once that a first reading meets under two page numbers', async () => {
    const { feed, readAll } = reading();
    feed.append(...ids(21, 36), ...ids(26, 36));
    expect(idsOf(...(await readAll()))).toEqual(ids(21, 36));
  });

  it('#22 is not misled by old page numbers that tell other rows, or none, where new ones go on', async () => {
    const { feed, at } = await readingAfter(36);
    feed.purge(20);
    const left = feed.rows;
    const { readFeed } = await import('./feed-reader.js');
    const newer = [...left.slice(-1), ...ids(37, 41).map(entryOf)];
    const fetchPage = async (page: number | 'recent') => {
      const number = page === 'recent' ? 9 : page;
      return { number, hasNext: number < 9, entries: number < 8 ? left.slice((number - 1) * 5, number * 5) : newer.slice((number - 8) * 5, (number - 7) * 5) };
    };
    const told = await readFeed({ position: at(), startAt: 'beginning', fetchPage });
    expect(idsOf(told)).toEqual(ids(37, 41));
    expect(kindsOf(told)).toEqual([]);
  });
});

describe('reading a feed of another life of the data', () => {
  it.each([
    ['and nothing came since', 13, []],
    ['of all but the last two', 2, []],
    ['and one came since', 2, ['n1']],
    ['and as many came since', 13, ids(1, 13).map((id) => `n${id}`)],
    ['and many more came since', 13, ids(1, 40).map((id) => `n${id}`)],
    ['and more came since than one reading holds', 13, ids(1, 240).map((id) => `n${id}`)],
  ])('#23 suspects another generation where a backup was restored %s', async (_how, lost, since) => {
    const { feed, at, readAll } = await readingAfter(43);
    const before = at();
    feed.delete(...ids(44 - lost, 43));
    feed.append(...since);
    const told = await readAll();
    expect(told.at(-1)?.findings).toMatchObject([{ kind: 'generation-suspected', why: 'known-tail-gone', missing: lost }]);
    expect(told.at(-1)?.entries).toEqual([]);
    if (since.length < 100) expect(at()).toEqual(before);
  });

  it('#23 goes on suspecting until somebody decides', async () => {
    const { feed, read, at } = await readingAfter(43);
    const before = at();
    feed.delete(...ids(31, 43));
    expect(kindsOf(await read(), await read())).toEqual(['generation-suspected', 'generation-suspected']);
    expect(at()).toEqual(before);
  });

  it.each([4, 23, 150, 700])('#24 suspects another server where %i entries are there and none is known', async (count) => {
    const { feed, read, at } = await readingAfter(23);
    const before = at();
    feed.rows = [];
    feed.append(...ids(101, 100 + count));
    expect(await read()).toMatchObject({ entries: [], findings: [{ kind: 'generation-suspected', why: 'nothing-known' }], more: false });
    expect(feed.asked.length).toBeLessThan(70);
    expect(at()).toEqual(before);
  });

  it('#24 suspects another server where the feed is empty that was not', async () => {
    const { feed, read, at } = await readingAfter(23);
    const before = at();
    feed.rows = [];
    expect(await read()).toMatchObject({ entries: [], findings: [{ kind: 'generation-suspected', why: 'feed-is-empty' }] });
    expect(at()).toEqual(before);
  });
});

describe('reading a feed that gets rows late', () => {
  it('#25 delivers an entry that was inserted below the marker on its page', async () => {
    const { feed, read } = await readingAfter(13);
    feed.insertBefore('slow', 'e12');
    const told = await read();
    expect(lateOf(told)).toEqual(['slow']);
    expect(told.findings).toEqual([{ kind: 'late-entries', count: 1 }]);
    expect(idsOf(...(await settle(read)))).toEqual([]);
  });

  it('#25 delivers late entries of the two pages before although nothing shows on its own', async () => {
    const { feed, read } = await readingAfter(23);
    feed.insertBefore('slow1', 'e14');
    feed.insertBefore('slow2', 'e19');
    feed.delete('e1', 'e2');
    const told = await settle(read);
    expect(idsOf(...told)).toEqual(['slow1', 'slow2']);
    expect(kindsOf(...told)).toEqual(['late-entries']);
  });

  it('#25 delivers late entries of the two pages before as soon as a page opens', async () => {
    const { feed, read } = await readingAfter(24);
    feed.insertBefore('slow', 'e13');
    feed.delete('e1');
    feed.append('e25', 'e26');
    expect(idsOf(await read())).toEqual(['slow', 'e25', 'e26']);
  });

  it('#25 follows late entries back from page to page', async () => {
    const { feed, read } = await readingAfter(33);
    feed.insertBefore('slow1', 'e19');
    feed.insertBefore('slow2', 'e23');
    feed.delete('e1', 'e2');
    const told = await settle(read);
    expect(told.map((one) => idsOf(one)).filter((delivered) => delivered.length > 0)).toEqual([['slow1', 'slow2']]);
  });

  it('#25 delivers late entries of the two pages before as soon as it has to find itself again', async () => {
    const { feed, read } = await readingAfter(23);
    feed.insertBefore('slow', 'e14');
    feed.delete(...ids(1, 4));
    expect(idsOf(await read())).toEqual(['slow']);
  });

  it('#26 delivers a late entry that pushed the marker to the next page', async () => {
    const { feed, read, at } = await readingAfter(15);
    feed.insertBefore('slow', 'e12');
    expect(lateOf(await read())).toEqual(['slow']);
    expect(at()).toMatchObject({ page: 4, lastEntryId: 'e15' });
    feed.append('e16');
    expect(idsOf(await read())).toEqual(['e16']);
  });

  it('#26 follows a trail of moved entries back to what moved them', async () => {
    const { feed, read } = await readingAfter(58);
    feed.insertBefore('slow', 'e23');
    expect(idsOf(await read())).toEqual(['slow']);
  });

  it('#26 delivers what was inserted by the page, in order', async () => {
    const { feed, readAll } = await readingAfter(43);
    for (const id of ids(101, 117)) feed.insertBefore(id, 'e36');
    expect(idsOf(...(await readAll()))).toEqual(ids(101, 117));
  });

  it.each([17, 60, 230, 700])('#26 delivers %i entries that were inserted at once before what was read last', async (count) => {
    const { feed, read, readAll } = await readingAfter(43);
    feed.rows = [...feed.rows.slice(0, 39), ...ids(101, 100 + count).map((id) => entryOf(id)), ...feed.rows.slice(39)];
    const told = [...(await readAll()), ...(await settle(read))];
    expect(idsOf(...told)).toEqual(ids(101, 100 + count));
    expect(kindsOf(...told)).not.toContain('generation-suspected');
  });

  it('does not deliver what is older than now when late rows push it onto a page', async () => {
    const { feed, read } = await readingAfter(63, { startAt: 'now' });
    feed.insertBefore('slow', 'e2');
    feed.append('e64');
    expect(idsOf(await read(), ...(await settle(read)))).toEqual(['e64']);
  });

  it('delivers late entries of the two pages before now', async () => {
    const { feed, read } = await readingAfter(63, { startAt: 'now' });
    feed.insertBefore('slow', 'e54');
    expect(idsOf(await read())).toEqual(['slow']);
  });
});

describe('reading a feed with entries that stand there twice', () => {
  it('#27 delivers an entry once that stands on two pages', async () => {
    const { feed, read } = await readingAfter(8);
    feed.append('e7', 'e9', 'e10', 'e2', 'e11');
    const told = [await read(), ...(await settle(read))];
    expect(idsOf(...told)).toEqual(['e9', 'e10', 'e11']);
    expect(kindsOf(...told)).toEqual([]);
  });

  it('#28 delivers an entry once that stands on one page twice, and never reads in circles', async () => {
    const { feed, read } = await readingAfter(10);
    feed.append('d', 'e11', 'd');
    expect(idsOf(await read())).toEqual(['d', 'e11']);
    expect(idsOf(await read())).toEqual([]);
    expect(feed.asked).toEqual([3]);
  });
});
