import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Configuration } from '@sync-hub/configuration';
import { recordKey } from '@sync-hub/contracts';
import { type MemorySite, type Pipeline, pipelineOn, twoChildren } from '@sync-hub/runtime/testing';
import { countReferences, enter, longestChain, randomRecords } from './random-records.js';
import { STAGE_SERVICES } from './services.js';

jest.setTimeout(900_000);

/** Two hundred records, or `SYNC_HUB_CHAOS` times as many; 10 for the two thousand of the promise. */
const COUNT = 200 * Number(process.env['SYNC_HUB_CHAOS'] ?? 1);
const SEED = process.env['SYNC_HUB_SEED'] ?? 's1';

/** Everything travels up. */
const withCare = (): Configuration => {
  const configuration = twoChildren();
  const both = { pull: true, push: true };
  const classes = { location: both, person: both, patient: both, visit: both, encounter: both, observation: both };
  return { ...configuration, links: configuration.links.map((link) => ({ ...link, classes })) };
};

describe('records that refer to each other, told of in the worst order', () => {
  let pipeline: Pipeline;
  let central: MemorySite;
  let kisumu: MemorySite;
  beforeAll(async () => {
    pipeline = await pipelineOn(STAGE_SERVICES, { configuration: withCare() });
    central = pipeline.sites.site('central');
    kisumu = pipeline.sites.site('kisumu');
  }, 60_000);
  afterAll(() => pipeline.stop());

  const count = async (sql: string): Promise<number> => Number((await pipeline.query<{ count: string }>(sql))[0]?.count);

  it(`land, all of them, none before what it refers to, and nobody acts (${COUNT}, seed ${SEED})`, async () => {
    const records = randomRecords(SEED, COUNT);
    enter(kisumu, records);
    const broken: string[] = [];
    central.afterWrite = async () => {
      const last = central.writes.at(-1);
      if (last !== undefined) broken.push(...(await central.dangling(last.record)).map((named) => `${recordKey(last.record)} without ${named}`));
    };
    const started = Date.now();
    for (const { record } of [...records].reverse()) await pipeline.look('kisumu', record);
    const told = Date.now() - started;
    await pipeline.atRest(COUNT * 500);
    const landed = Date.now() - started;

    const looks = await count(`select count(*) from audit where type = 'record.changed.v1'`);
    const rounds = await count(`select sum(round) as count from job`);
    const references = countReferences(records);
    process.stdout.write(
      `${COUNT} records, ${references} references, longest chain ${longestChain(records)}: told in ${told} ms, landed in ${landed} ms; ` +
        `${looks} looks, ${rounds} rounds, ${pipeline.handled('push', 'handed-back')} handed back, ${central.reads} reads and ${central.writes.length} writes at the target\n`,
    );
    expect(broken).toEqual([]);
    expect(records.filter(({ record }) => !central.records.has(recordKey(record)))).toEqual([]);
    expect(await pipeline.open()).toEqual([]);
    expect(await count(`select count(*) from waiter`)).toBe(0);
    expect(looks).toBeLessThan(4 * (records.length + references));
  });
});
