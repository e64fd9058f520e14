import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type PipelineBench, pipelineBench } from '../testing/pipeline-bench.js';
import { FeedMarkerRepository } from './feed-marker.repository.js';

const FEED = { site: 'kisumu', category: 'patient' };

describe('how far a feed is known to have been read', () => {
  let bench: PipelineBench;
  let markers: FeedMarkerRepository;
  beforeAll(async () => {
    bench = await pipelineBench();
    markers = new FeedMarkerRepository(bench.database);
    await bench.database.transaction((tx) => markers.follow(tx, 'kisumu', ['patient']));
  }, 180_000);
  afterAll(() => bench.close());
  beforeEach(async () => {
    await bench.database.write(`delete from change`);
    await bench.database.write(`update feed_marker set at_end_at = null, is_behind = false, behind_from = null, behind_until = null`);
  });

  const read = async (entries: number, isAtEnd: boolean): Promise<void> => {
    await markers.lease('kisumu', 'patient', 'us', 120);
    expect(await markers.moveAlone(FEED, 'us', { position: {}, entries, finding: null, isAtEnd })).toBe(true);
  };
  /** So many minutes later than all that is known of it. */
  const later = (minutes: number) =>
    bench.database.write(
      `update feed_marker set at_end_at = at_end_at - $1::interval, behind_from = behind_from - $1::interval, behind_until = behind_until - $1::interval`,
      [`${minutes} minutes`],
    );
  const opened = (minutesAgo: number) =>
    bench.database.write(`insert into change (id, site, aggregate, uuid, opened_at) values ($1, 'kisumu', 'location', $2, now() - $3::interval)`, [
      randomUUID(),
      randomUUID(),
      `${minutesAgo} minutes`,
    ]);
  /** In minutes ago. */
  const known = async () => {
    const ago = (column: string) => `round(extract(epoch from now() - ${column}) / 60)::int`;
    const [row] = await bench.database.query<{ end: number | null; isBehind: boolean; from: number | null; until: number | null }>(
      `select ${ago('at_end_at')} as end, is_behind as "isBehind", ${ago('behind_from')} as from, ${ago('behind_until')} as until from feed_marker`,
    );
    return row;
  };

  it('is to its end, however often nothing is there', async () => {
    await read(0, true);
    await later(30);
    await read(0, true);
    expect(await known()).toEqual({ end: 0, isBehind: false, from: null, until: null });
  });

  it('is to where it was before it was left alone, until what it told then has been read to its end', async () => {
    await read(0, true);
    await later(120);
    await read(50, false);
    expect(await known()).toEqual({ end: 120, isBehind: true, from: 120, until: null });
    await read(50, false);
    await read(7, true);
    expect(await known()).toEqual({ end: 0, isBehind: true, from: 120, until: 0 });
    await later(5);
    await read(0, true);
    expect(await known()).toEqual({ end: 0, isBehind: true, from: 125, until: 5 });
  });

  it('is to nowhere, where it was never read to its end', async () => {
    await read(50, false);
    expect(await known()).toEqual({ end: null, isBehind: true, from: null, until: null });
    await read(1, true);
    expect(await known()).toEqual({ end: 0, isBehind: true, from: null, until: 0 });
  });

  it('is from its last end again, where it is left alone a second time; but from the first one while work of that is open', async () => {
    await read(0, true);
    await later(120);
    await read(50, true);
    await later(10);
    await read(3, true);
    expect(await known()).toEqual({ end: 0, isBehind: true, from: 10, until: 0 });
    await later(20);
    await opened(25);
    await read(3, true);
    expect(await known()).toEqual({ end: 0, isBehind: true, from: 30, until: 0 });
  });

  it('is not behind by what is entered from one look to the next', async () => {
    await read(0, true);
    await read(4, true);
    expect(await known()).toEqual({ end: 0, isBehind: false, from: null, until: null });
  });
});
