import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Reference } from '@sync-hub/categories';
import type { Configuration } from '@sync-hub/configuration';
import { type RecordRef, recordKey } from '@sync-hub/contracts';
import { type Pipeline, pipelineOn, twoChildren } from '@sync-hub/runtime/testing';
import { STAGE_SERVICES } from './services.js';

jest.setTimeout(60_000);

const BOTH = { pull: true, push: true };
/** Relationships go to one of the two children. */
const withKin = (): Configuration => {
  const configuration = twoChildren();
  const kin = (id: string) => (id === 'kisumu' ? { relationship: BOTH } : {});
  return {
    ...configuration,
    links: configuration.links.map((link) => ({ ...link, persons: 'referred-to' as const, classes: { ...link.classes, ...kin(link.id) } })),
  };
};

describe('a person who is no patient', () => {
  let pipeline: Pipeline;
  const patient: RecordRef = { aggregate: 'person', uuid: randomUUID() };
  beforeAll(async () => {
    pipeline = await pipelineOn(STAGE_SERVICES, { configuration: withKin() });
    at('central').edit(patient, { isPatient: true, gender: 'F' });
    await look('central', patient);
  }, 60_000);
  afterAll(() => pipeline.stop());

  const at = (site: string) => pipeline.sites.site(site);
  const look = async (site: string, ...records: RecordRef[]): Promise<void> => {
    await pipeline.look(site, ...records);
    await pipeline.atRest();
  };
  const has = (record: RecordRef): readonly boolean[] => ['central', 'kisumu', 'siaya'].map((site) => at(site).records.has(recordKey(record)));
  const aPerson = (site: string): RecordRef => {
    const person: RecordRef = { aggregate: 'person', uuid: randomUUID() };
    at(site).edit(person, { isPatient: false, gender: 'M' });
    return person;
  };
  const kinOf = (person: RecordRef): RecordRef => {
    const kin: RecordRef = { aggregate: 'relationship', uuid: randomUUID() };
    const refer = (path: string, { uuid }: RecordRef): Reference => ({ path, resource: 'person', uuid, aggregate: 'person' });
    at('central').edit(kin, { personA: person.uuid, personB: patient.uuid }, 'present', [refer('personA', person), refer('personB', patient)]);
    return kin;
  };

  it('goes to the child that holds what refers to that person, and to no other, and so does what is said of that person later', async () => {
    const [mother, stranger] = [aPerson('central'), aPerson('central')];
    await look('central', mother, stranger);
    expect([has(mother), has(stranger)]).toEqual([
      [true, false, false],
      [true, false, false],
    ]);
    const kin = kinOf(mother);
    await look('central', kin);
    expect([has(kin), has(mother), has(stranger)]).toEqual([
      [true, true, false],
      [true, true, false],
      [true, false, false],
    ]);
    at('central').edit(mother, { gender: 'F' });
    at('central').edit(stranger, { gender: 'F' });
    await look('central', mother, stranger);
    expect([at('kisumu').fieldsOf(mother)['gender'], has(mother), has(stranger)]).toEqual(['F', [true, true, false], [true, false, false]]);
    expect(await pipeline.open()).toEqual([]);
  });

  it('that a child has entered goes up, and what the parent says of that person comes back to that child alone', async () => {
    const nurse = aPerson('kisumu');
    await look('kisumu', nurse);
    expect(has(nurse)).toEqual([true, true, false]);
    at('central').edit(nurse, { gender: 'F' });
    await look('central', nurse);
    expect([at('kisumu').fieldsOf(nurse)['gender'], has(nurse)]).toEqual(['F', [true, true, false]]);
  });
});
