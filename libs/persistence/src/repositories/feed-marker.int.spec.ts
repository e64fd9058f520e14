import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type PipelineBench, pipelineBench } from '../testing/pipeline-bench.js';
import { FeedMarkerRepository } from './feed-marker.repository.js';

describe('the lease on a feed', () => {
  let bench: PipelineBench;
  beforeAll(async () => {
    bench = await pipelineBench();
  }, 180_000);
  afterAll(() => bench.close());

  it('keeps another process out while its holder lives, and lets it in at once when the holder has ended in order', async () => {
    const markers = new FeedMarkerRepository(bench.database);
    await bench.database.transaction((tx) => markers.follow(tx, 'kisumu', ['patient', 'location']));
    const isLeasedTo = async (holder: string, category = 'patient'): Promise<boolean> => (await markers.lease('kisumu', category, holder, 120)) !== null;
    expect(await isLeasedTo('first')).toBe(true);
    expect(await isLeasedTo('a third', 'location')).toBe(true);
    expect(await isLeasedTo('next')).toBe(false);
    await markers.releaseAll('first');
    expect(await isLeasedTo('next')).toBe(true);
    expect(await isLeasedTo('next', 'location')).toBe(false);
  });
});
