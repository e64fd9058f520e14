import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type RecordRef, RefusedError } from '@sync-hub/contracts';
import { type MemorySite, type Pipeline, pipelineOn } from '@sync-hub/runtime/testing';
import { STAGE_SERVICES } from './services.js';

jest.setTimeout(120_000);

const TYPE = '7e57a77b-0000-4000-8000-000000000001';

describe('records that refer to each other in a circle', () => {
  let pipeline: Pipeline;
  let central: MemorySite;
  let kisumu: MemorySite;
  const broken: string[] = [];
  beforeAll(async () => {
    pipeline = await pipelineOn(STAGE_SERVICES);
    central = pipeline.sites.site('central');
    kisumu = pipeline.sites.site('kisumu');
    central.afterWrite = async () => {
      const last = central.writes.at(-1);
      if (last !== undefined) broken.push(...(await central.dangling(last.record)));
    };
  }, 60_000);
  afterEach(() => {
    central.beforeWrite = async () => undefined;
  });
  afterAll(() => pipeline.stop());

  const look = async (site: string, ...records: RecordRef[]): Promise<void> => {
    await pipeline.look(site, ...records);
    await pipeline.atRest(60_000);
  };
  const aPlace = (): RecordRef => ({ aggregate: 'location', uuid: randomUUID() });
  const naming = (place: RecordRef): string => `attributes[${TYPE}|${place.uuid}]`;
  /** A place at kisumu that lies in one, and names others in its attributes. */
  const enter = (place: RecordRef, { within, names }: { readonly within?: RecordRef; readonly names: readonly RecordRef[] }): void => {
    const lies = within === undefined ? [] : [{ path: 'parentLocation', resource: 'location', uuid: within.uuid, aggregate: 'location' as const }];
    const named = names.flatMap((other) => [
      { path: naming(other), resource: 'locationattributetype', uuid: TYPE, aggregate: null },
      { path: naming(other), resource: 'location', uuid: other.uuid, aggregate: 'location' as const },
    ]);
    const fields = {
      name: 'Place',
      description: 'as entered',
      cityVillage: 'as entered',
      ...(within === undefined ? {} : { parentLocation: within.uuid }),
      ...Object.fromEntries(names.map((other) => [naming(other), true])),
    };
    kisumu.edit(place, fields, 'present', [...lies, ...named]);
  };
  const jobOf = async ({ uuid }: RecordRef) =>
    (
      await pipeline.query<{ state: string; outcome: string | null; round: number; details: Record<string, unknown> }>(
        `select state, outcome, round, details from job where uuid = $1 and link = 'kisumu' and direction = 'push'`,
        [uuid],
      )
    )[0];
  const isAgreed = async (record: RecordRef): Promise<void> => {
    expect(central.fieldsOf(record)).toEqual(kisumu.fieldsOf(record));
    // Who was woken once more after all had landed finds nothing left to do.
    expect(await jobOf(record)).toMatchObject({ state: 'ended', outcome: expect.stringMatching(/^(pushed|in-step)$/) });
  };

  it('land by themselves, whole, and nothing is written of them again: a place in another one that names it', async () => {
    const [hospital, ward] = [aPlace(), aPlace()];
    enter(hospital, { names: [ward] });
    enter(ward, { within: hospital, names: [] });
    await look('kisumu', ward);
    await isAgreed(hospital);
    await isAgreed(ward);
    expect((await jobOf(hospital))?.round).toBeLessThan(8);
    const writes = central.writes.length;
    await look('kisumu', hospital, ward);
    await look('central', hospital, ward);
    expect(central.writes.length).toBe(writes);
    expect(broken).toEqual([]);
    expect(await pipeline.query(`select * from job where woken_at is not null`)).toEqual([]);
  });

  it('land by themselves, whole: a place that names itself, and three that name each other', async () => {
    const alone = aPlace();
    enter(alone, { names: [alone] });
    const three = [aPlace(), aPlace(), aPlace()] as const;
    for (const [index, place] of three.entries()) enter(place, { names: [three[(index + 1) % 3]!, three[(index + 2) % 3]!] });
    await look('kisumu', alone, ...three);
    for (const place of [alone, ...three]) await isAgreed(place);
    expect(broken).toEqual([]);
  });

  it('wait where one lies in the very place that it names', async () => {
    const [hospital, ward] = [aPlace(), aPlace()];
    enter(hospital, { names: [] });
    enter(ward, { within: hospital, names: [hospital] });
    await look('kisumu', ward);
    await isAgreed(hospital);
    await isAgreed(ward);
    expect(broken).toEqual([]);
  });

  it('wait for no more than the place itself: what lies in one that has landed in part lands, whatever that one still waits for', async () => {
    const [hospital, ward, nowhere] = [aPlace(), aPlace(), aPlace()];
    enter(hospital, { names: [nowhere] });
    enter(ward, { within: hospital, names: [] });
    await look('kisumu', ward);
    expect(await jobOf(hospital)).toMatchObject({ state: 'waiting', details: { missing: [`location/${nowhere.uuid}`] } });
    await isAgreed(ward);
    expect(broken).toEqual([]);
    enter(nowhere, { names: [] });
    await look('kisumu', nowhere);
    await isAgreed(hospital);
  });

  it('lose nothing that is typed meanwhile, at either end', async () => {
    const [hospital, ward] = [aPlace(), aPlace()];
    enter(hospital, { names: [ward] });
    enter(ward, { within: hospital, names: [] });
    central.beforeWrite = async () => {
      if (central.records.has(`location/${hospital.uuid}`)) throw new RefusedError('invalid', 'the site refused this', { status: 400 });
    };
    await look('kisumu', ward);
    expect(await jobOf(ward)).toMatchObject({ state: 'parked' });
    expect(await jobOf(hospital)).toMatchObject({ state: 'waiting', details: { missing: [`location/${ward.uuid}`], blockedBy: 'parked: refused' } });
    expect(central.fieldsOf(hospital)).toMatchObject({ name: 'Place' });
    expect(central.fieldsOf(hospital)).not.toHaveProperty([naming(ward)]);

    central.beforeWrite = async () => undefined;
    central.edit(hospital, { description: 'typed at central' });
    kisumu.edit(hospital, { cityVillage: 'typed at kisumu' });
    await look('central', hospital);
    await look('kisumu', hospital);
    kisumu.edit(ward, { description: 'mended' });
    await look('kisumu', ward);
    await look('central', hospital);
    for (const site of [central, kisumu]) {
      expect(site.fieldsOf(hospital)).toMatchObject({ description: 'typed at central', cityVillage: 'typed at kisumu', [naming(ward)]: true });
      expect(site.fieldsOf(ward)).toMatchObject({ description: 'mended', parentLocation: hospital.uuid });
    }
    expect(await pipeline.query(`select uuid, state from job where state <> 'ended' and link = 'kisumu'`)).toEqual([]);
    expect(broken).toEqual([]);
  });
});
