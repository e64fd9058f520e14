import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type PipelineBench, pipelineBench } from '../testing/pipeline-bench.js';
import { FeedMarkerRepository } from './feed-marker.repository.js';
import { OverviewRepository } from './overview.repository.js';

describe('the overview of feeds', () => {
  let bench: PipelineBench;
  beforeAll(async () => {
    bench = await pipelineBench(['kisumu']);
  }, 60_000);
  afterAll(() => bench.close());

  const troubleAfter = async (finding: string | null) => {
    const markers = new FeedMarkerRepository(bench.database);
    await bench.database.transaction((tx) => markers.follow(tx, 'kisumu', ['patient']));
    await markers.lease('kisumu', 'patient', 'us', 60);
    await bench.database.transaction((tx) =>
      markers.move(tx, { site: 'kisumu', category: 'patient' }, 'us', { position: {}, entries: 0, finding, isAtEnd: true }),
    );
    const { sites } = await new OverviewRepository(bench.database, () => ({
      sites: [{ site: 'kisumu', rests: null, asked: [{ feed: 'patient', tellsOf: ['patient'] }] }],
      routes: [],
      links: [],
      written: {},
      reportsTo: null,
      receivesFrom: [],
    })).read();
    return sites[0]?.feeds[0]?.trouble;
  };

  it.each(['page-unreadable', 'generation-suspected', 'of-another-kind'])('is in doubt over %s', async (finding) => {
    expect(await troubleAfter(finding)).toBe(finding);
  });

  it.each(['never-had-an-entry', 're-anchored', 'moved-while-reading', 'late-entries', null])(
    'is not in doubt over %s, which asks for nobody',
    async (finding) => {
      expect(await troubleAfter(finding)).toBeNull();
    },
  );
});
