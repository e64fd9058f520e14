import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RecordRef } from '@sync-hub/contracts';
import { until } from '@sync-hub/messaging/testing';
import { aRecord, type PipelineBench, pipelineBench } from '../testing/pipeline-bench.js';
import { type Exclusion, ExclusionRepository } from './exclusion.repository.js';

const WHO_WAITS_FOR_A_LOCK = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;

describe('what a link keeps at its site', () => {
  let bench: PipelineBench;
  let exclusions: ExclusionRepository;
  beforeAll(async () => {
    bench = await pipelineBench();
    exclusions = new ExclusionRepository(bench.database);
  }, 60_000);
  afterAll(() => bench.close());

  const anEncounter = (): RecordRef => ({ ...aRecord(), aggregate: 'encounter' });
  const anOrder = (): RecordRef => ({ ...aRecord(), aggregate: 'order' });
  const keep = async (record: RecordRef, keptBy: Exclusion['keptBy'], refersTo: readonly RecordRef[] = [], link = 'kisumu') =>
    (await bench.database.transaction((tx) => exclusions.keep(tx, { link, direction: 'push', record, keptBy, refersTo }))).result;
  const keeping = async (record: RecordRef) => [
    ...(await exclusions.linksKeeping(
      ['kisumu', 'siaya'].map((link) => ({ link, direction: 'push' as const })),
      [record],
    )),
  ];

  it('keeps what refers to it, on that link alone, and lets it all go together', async () => {
    const encounter = anEncounter();
    const [order, other] = [anOrder(), anOrder()];
    expect([await keep(encounter, 'itself'), await keep(order, 'reference', [encounter]), await keep(other, 'itself')]).toEqual([[], [], []]);
    expect([await keeping(encounter), await keeping(order), await keeping(anOrder())]).toEqual([['kisumu'], ['kisumu'], []]);
    expect(await keep(encounter, null)).toEqual([order]);
    expect([await keeping(encounter), await keep(encounter, null)]).toEqual([[], []]);
  });

  it('is looked at once more where what kept it has been let go since it was judged', async () => {
    const encounter = anEncounter();
    const order = anOrder();
    expect(await keep(order, 'reference', [encounter])).toEqual([order]);
  });

  it('is looked at once more where what keeps it is being let go at that very moment', async () => {
    const encounter = anEncounter();
    const order = anOrder();
    await keep(encounter, 'itself');
    let noting: Promise<readonly RecordRef[]> | null = null;
    const { result: told } = await bench.database.transaction(async (tx) => {
      const again = await exclusions.keep(tx, { link: 'kisumu', direction: 'push', record: encounter, keptBy: null, refersTo: [] });
      noting = keep(order, 'reference', [encounter]);
      await until('it waits', async () => (await bench.database.query(WHO_WAITS_FOR_A_LOCK)).length > 0);
      return again;
    });
    expect([told, await noting]).toEqual([[], [order]]);
  });
});
