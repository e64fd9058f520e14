import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { FeedPosition, FeedReading } from './feed-position.js';
import { readFeed } from './feed-reader.js';
import { idsOf, kindsOf } from './testing/reading.js';
import { TimeChunkedFeed } from './testing/time-chunked-feed.js';

function readerOf(feed: TimeChunkedFeed, startAt: 'beginning' | 'now' = 'beginning') {
  let position: FeedPosition | null = null;
  const readAll = async (): Promise<FeedReading[]> => {
    const all: FeedReading[] = [];
    do {
      const told = await readFeed({ position, startAt, fetchPage: feed.fetchPage });
      position = told.position;
      all.push(told);
    } while (all.at(-1)?.more === true && all.length < 1000);
    return all;
  };
  return { readAll };
}

describe('reading a feed that is cut by time', () => {
  it('#15 delivers an event that stands on a bound, and so on two pages, once', async () => {
    const feed = new TimeChunkedFeed(10);
    const { readAll } = readerOf(feed);
    feed.publish('before', 9);
    feed.publish('bound', 11);
    feed.publish('after', 12);
    feed.now = 15;
    expect((await feed.fetchPage(1))?.entries.map(({ id }) => id)).toContain('bound');
    expect((await feed.fetchPage(2))?.entries.map(({ id }) => id)).toContain('bound');
    expect(idsOf(...(await readAll()), ...(await readAll()))).toEqual(['before', 'bound', 'after']);
  });

  it('#15 delivers an event on a bound once where its first page was read before the second opened', async () => {
    const feed = new TimeChunkedFeed(10);
    const { readAll } = readerOf(feed);
    feed.publish('early', 5);
    feed.now = 11;
    feed.publish('bound', 11);
    const first = await readAll();
    feed.now = 45;
    feed.publish('late', 44);
    const told = [...first, ...(await readAll()), ...(await readAll())];
    expect(idsOf(...told)).toEqual(['early', 'bound', 'late']);
    expect(kindsOf(...told)).toEqual([]);
  });

  it('#14 passes over years of empty pages, and costs one request where nothing comes for a while', async () => {
    const feed = new TimeChunkedFeed(1);
    const { readAll } = readerOf(feed);
    feed.publish('first', 1);
    feed.publish('second', 1500);
    feed.now = 3000;
    const told = await readAll();
    expect(idsOf(...told)).toEqual(['first', 'second']);
    feed.asked.length = 0;
    expect(idsOf(...(await readAll()))).toEqual([]);
    expect(feed.asked.length).toBeLessThanOrEqual(4);
  });

  it('delivers each event once, and suspects nothing, whenever it is published and read', async () => {
    const step = fc.record({ wait: fc.nat(25), publish: fc.nat(4), reads: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 12 }), fc.array(step, { minLength: 1, maxLength: 40 }), async (length, steps) => {
        const feed = new TimeChunkedFeed(length);
        const { readAll } = readerOf(feed);
        const made: string[] = [];
        const told: FeedReading[] = [];
        for (const { wait, publish, reads } of steps) {
          feed.now += wait;
          for (let each = 0; each < publish; each += 1) {
            made.push(`e${made.length + 1}`);
            feed.publish(made.at(-1) ?? '');
          }
          if (reads) told.push(...(await readAll()));
        }
        told.push(...(await readAll()), ...(await readAll()));
        expect(idsOf(...told).sort()).toEqual([...made].sort());
        expect(kindsOf(...told)).not.toContain('generation-suspected');
      }),
      { numRuns: 200, seed: 20240506 },
    );
  });
});
