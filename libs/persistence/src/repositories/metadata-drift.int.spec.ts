import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type PipelineBench, pipelineBench } from '../testing/pipeline-bench.js';
import { MetMetadataRepository } from './met-metadata.repository.js';
import { type Compared, MetadataDriftRepository } from './metadata-drift.repository.js';

describe('the comparison of a link’s metadata', () => {
  let bench: PipelineBench;
  let drift: MetadataDriftRepository;
  beforeAll(async () => {
    bench = await pipelineBench(['central', 'kisumu']);
    drift = new MetadataDriftRepository(bench.database);
  }, 60_000);
  afterAll(() => bench.close());

  const take = (link: string, holder: string, digest = 'rules') => drift.take(link, holder, { digest, everyHours: 24, forSeconds: 60 });
  const keep = (link: string, compared: Partial<Compared>, digest = 'rules') =>
    bench.database.transaction((tx) => drift.keep(tx, link, digest, { drifts: [], notCompared: [], ...compared }));
  const shown = async (link: string) => (await drift.shown([link])).get(link);
  const missing = (uuid: string) => ({ kind: 'form' as const, uuid, found: 'missing-at-child' as const, otherUuid: null, by: null, fields: [] });

  it('is one’s alone, due again where it was given back or its holder died, and not once it is done', async () => {
    expect([await take('a', 'one'), await take('a', 'two')]).toEqual([true, false]);
    await drift.handBack('a', 'two');
    expect(await take('a', 'two')).toBe(false);
    await drift.handBack('a', 'one');
    expect(await take('a', 'two')).toBe(true);
    await bench.database.write(`update metadata_comparison set leased_until = now() - interval '1 second' where link = 'a'`);
    expect(await take('a', 'one')).toBe(true);
    await keep('a', {});
    expect(await take('a', 'one')).toBe(false);
  });

  it('is due a day after it began, and at once by other rules', async () => {
    await keep('b', {});
    await bench.database.write(
      `update metadata_comparison set begun_at = now() - interval '23 hours', finished_at = now() - interval '23 hours' where link = 'b'`,
    );
    expect(await take('b', 'one')).toBe(false);
    await bench.database.write(
      `update metadata_comparison set begun_at = now() - interval '25 hours', finished_at = now() - interval '25 hours' where link = 'b'`,
    );
    expect(await take('b', 'one')).toBe(true);
    await keep('b', {});
    expect(await take('b', 'one', 'others')).toBe(true);
  });

  it('takes the place of the one before, which is shown until then', async () => {
    expect(await shown('c')).toEqual({ comparedAt: null, notCompared: [], drifts: [] });
    await keep('c', { drifts: [missing('x')], notCompared: ['role: not-allowed'] });
    await take('c', 'one', 'others');
    expect(await shown('c')).toEqual({ comparedAt: expect.any(Date), notCompared: ['role: not-allowed'], drifts: [{ ...missing('x'), heldFor: 0 }] });
    await keep('c', { drifts: [missing('y')] });
    expect(await shown('c')).toMatchObject({ notCompared: [], drifts: [{ uuid: 'y' }] });
  });

  it('knows of what was met once, however often it was', async () => {
    const [first, second] = [new MetMetadataRepository(bench.database), new MetMetadataRepository(bench.database)];
    for (const met of [first, first, second]) await met.note('a', [{ kind: 'concept', uuid: 'x' }]);
    await second.note('b', [{ kind: 'concept', uuid: 'x' }]);
    expect([await first.on('a'), await first.on('b')]).toEqual([[{ kind: 'concept', uuid: 'x' }], [{ kind: 'concept', uuid: 'x' }]]);
  });
});
