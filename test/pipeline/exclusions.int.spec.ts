import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Reference } from '@sync-hub/categories';
import type { Configuration } from '@sync-hub/configuration';
import { type RecordRef, recordKey } from '@sync-hub/contracts';
import { until } from '@sync-hub/messaging/testing';
import { type MemorySite, type Pipeline, pipelineOn, twoChildren } from '@sync-hub/runtime/testing';
import { STAGE_SERVICES } from './services.js';

jest.setTimeout(60_000);

const BOTH = { pull: true, push: true };
const [CHECKUP, VIOLENCE, WEIGHT, ASSAULT] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];

/** Care goes both ways on both links; that of kisumu keeps one type of encounter and one concept where they are. */
const excluding = (exclude = { encounterTypes: [VIOLENCE], concepts: [ASSAULT] }): Configuration => {
  const configuration = twoChildren();
  const care = { encounter: BOTH, observation: BOTH, diagnosis: BOTH, order: BOTH };
  return {
    ...configuration,
    links: configuration.links.map((link) => ({ ...link, classes: { ...link.classes, ...care }, ...(link.id === 'kisumu' ? { exclude } : {}) })),
  };
};

describe('what a link excludes', () => {
  let pipeline: Pipeline;
  let central: MemorySite;
  let kisumu: MemorySite;
  let siaya: MemorySite;
  const patient: RecordRef = { aggregate: 'person', uuid: randomUUID() };
  beforeAll(async () => {
    pipeline = await pipelineOn(STAGE_SERVICES, { configuration: excluding() });
    [central, kisumu, siaya] = [pipeline.sites.site('central'), pipeline.sites.site('kisumu'), pipeline.sites.site('siaya')];
    central.edit(patient, { isPatient: true, gender: 'F' });
    await look('central', patient);
  }, 60_000);
  afterAll(() => pipeline.stop());

  const look = async (site: string, ...records: RecordRef[]): Promise<void> => {
    await pipeline.look(site, ...records);
    await pipeline.atRest();
  };
  const places = (record: RecordRef): readonly string[] =>
    [central, kisumu, siaya].filter((site) => site.records.has(recordKey(record))).map(({ site }) => site);
  const namedIn = (path: string, uuid: string): Reference => ({ path, resource: 'concept', uuid, aggregate: null });
  const of = (record: RecordRef, path: string): Reference => ({ path, resource: record.aggregate, uuid: record.uuid, aggregate: record.aggregate });
  const anEncounter = (site: MemorySite, type: string, ...asked: string[]): RecordRef => {
    const encounter: RecordRef = { aggregate: 'encounter', uuid: randomUUID() };
    writeEncounter(site, encounter, type, ...asked);
    return encounter;
  };
  const writeEncounter = (site: MemorySite, encounter: RecordRef, type: string, ...asked: string[]): void => {
    const obs = asked.map((concept) => [`obs[${randomUUID()}]`, concept] as const);
    const before = Object.keys(site.fieldsOf(encounter)).filter((path) => path.startsWith('obs['));
    site.edit(
      encounter,
      {
        patient: patient.uuid,
        encounterType: type,
        ...Object.fromEntries(before.map((path) => [path, undefined])),
        ...Object.fromEntries(obs.map(([path, concept]) => [path, JSON.stringify({ concept })])),
      },
      'present',
      [{ ...of(patient, 'patient'), resource: 'patient' }, ...obs.map(([path, concept]) => namedIn(path, concept))],
    );
  };
  const inIt = (site: MemorySite, aggregate: 'order' | 'diagnosis', encounter: RecordRef, concept = WEIGHT): RecordRef => {
    const record: RecordRef = { aggregate, uuid: randomUUID() };
    site.edit(record, { patient: patient.uuid, encounter: encounter.uuid, concept }, 'present', [
      { ...of(patient, 'patient'), resource: 'patient' },
      of(encounter, 'encounter'),
      namedIn('concept', concept),
    ]);
    return record;
  };
  const audited = (record: RecordRef) =>
    pipeline.query<{ details: { readonly notAdmitted?: readonly string[] } }>(
      `select details from audit where uuid = $1 and site = 'kisumu' and details ? 'notAdmitted'`,
      [record.uuid],
    );

  it('goes neither down nor up on it, and goes on the others; the audit says so without saying what it was', async () => {
    const down = [anEncounter(central, VIOLENCE, WEIGHT), anEncounter(central, CHECKUP, WEIGHT, ASSAULT), anEncounter(central, CHECKUP, WEIGHT)];
    const up = [anEncounter(kisumu, VIOLENCE), anEncounter(kisumu, CHECKUP, ASSAULT), anEncounter(kisumu, CHECKUP, WEIGHT)];
    await look('central', ...down);
    await look('kisumu', ...up);
    expect(down.map(places)).toEqual([
      ['central', 'siaya'],
      ['central', 'siaya'],
      ['central', 'kisumu', 'siaya'],
    ]);
    expect(up.map((record) => places(record).slice(0, 2))).toEqual([['kisumu'], ['kisumu'], ['central', 'kisumu']]);
    const [said] = await audited(up[0]!);
    expect(said?.details.notAdmitted).toEqual(['kisumu: excluded']);
    expect(await pipeline.open()).toEqual([]);
  });

  it('stays with all that was ordered and found in it, in whatever order they are told, and nobody waits', async () => {
    const encounter = anEncounter(kisumu, VIOLENCE);
    const [order, diagnosis] = [inIt(kisumu, 'order', encounter), inIt(kisumu, 'diagnosis', encounter)];
    await look('kisumu', order, diagnosis);
    await until('the order waits for nothing', async () => (await pipeline.open()).length === 0);
    await look('kisumu', encounter);
    expect([encounter, order, diagnosis].map(places)).toEqual([['kisumu'], ['kisumu'], ['kisumu']]);
    expect(await pipeline.open()).toEqual([]);
  });

  it('and had travelled stops flowing, the copy stays as it was, and it goes on with all that is in it when nothing of it is excluded any more', async () => {
    const encounter = anEncounter(central, CHECKUP, WEIGHT);
    await look('central', encounter);
    const copy = kisumu.fieldsOf(encounter);
    writeEncounter(central, encounter, VIOLENCE);
    const order = inIt(central, 'order', encounter);
    await look('central', encounter, order);
    expect(kisumu.fieldsOf(encounter)).toEqual(copy);
    expect(places(order)).toEqual(['central', 'siaya']);
    expect(kisumu.writes.filter(({ presence }) => presence === 'voided')).toEqual([]);
    writeEncounter(central, encounter, CHECKUP, WEIGHT);
    await look('central', encounter);
    expect([kisumu.fieldsOf(encounter), places(order)]).toEqual([central.fieldsOf(encounter), ['central', 'kisumu', 'siaya']]);
  });

  it('and had travelled is voided where somebody voids it', async () => {
    const encounter = anEncounter(central, CHECKUP, WEIGHT);
    await look('central', encounter);
    writeEncounter(central, encounter, VIOLENCE);
    await look('central', encounter);
    central.edit(encounter, {}, 'voided');
    await look('central', encounter);
    expect(kisumu.records.get(recordKey(encounter))?.presence).toBe('voided');
  });

  it('is asked once more at the moment of writing', async () => {
    const encounter = anEncounter(central, CHECKUP, WEIGHT);
    const rules = pipeline.hub.rules.current;
    await pipeline.hub.repositories.store.claim('another#1', 'kisumu', encounter, 3600);
    await pipeline.look('central', encounter);
    await until(
      'its push is put off',
      async () =>
        (
          await pipeline.query(
            `select 1 from inbox join outbox using (message_id) where stage = 'push' and code = 'claimed' and settled_at is null and payload -> 'record' ->> 'uuid' = $1`,
            [encounter.uuid],
          )
        ).length > 0,
    );
    pipeline.hub.rules.replace(excluding({ encounterTypes: [CHECKUP], concepts: [] }));
    await pipeline.query(`delete from claim where holder = 'another#1'`);
    await pipeline.atRest();
    pipeline.hub.rules.replace(rules);
    expect(places(encounter)).toEqual(['central', 'siaya']);
  });
});
