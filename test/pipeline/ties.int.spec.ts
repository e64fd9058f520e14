import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Catchment, Configuration } from '@sync-hub/configuration';
import { type RecordRef, recordKey } from '@sync-hub/contracts';
import { until } from '@sync-hub/messaging/testing';
import { type Pipeline, pipelineOn, twoChildren } from '@sync-hub/runtime/testing';
import { STAGE_SERVICES } from './services.js';

jest.setTimeout(120_000);

const HIV = '64f950e6-1b07-4ac0-8e7e-f3e148f3463f';
const [COUNTY, WARD, ELSEWHERE] = ['county', 'ward', 'elsewhere'].map((place) => place.padEnd(36, '0')) as [string, string, string];
/** Who lives there, of whom nobody here says, has been in the program, or was treated in the county; and who never was in it. */
const CATCHMENTS: Readonly<Record<string, Catchment>> = {
  kisumu: {
    rule: 'any',
    of: [
      { rule: 'address', field: 'countyDistrict', isOneOf: ['Kisumu'] },
      { rule: 'program', isOneOf: [HIV], state: 'ever' },
      { rule: 'encounter-location', isWithin: [COUNTY] },
    ],
  },
  siaya: { rule: 'not', of: { rule: 'program', isOneOf: [HIV], state: 'ever' } },
};
const byTies = (): Configuration => {
  const configuration = twoChildren();
  return { ...configuration, links: configuration.links.map((link) => ({ ...link, catchment: CATCHMENTS[link.id]! })) };
};

describe('a patient whom a catchment has by what hangs on her', () => {
  let pipeline: Pipeline;
  beforeAll(async () => {
    pipeline = await pipelineOn(STAGE_SERVICES, { configuration: byTies() });
  }, 60_000);
  afterAll(() => pipeline.stop());

  const at = (site: string) => pipeline.sites.site(site);
  const look = async (...records: RecordRef[]): Promise<void> => {
    await pipeline.look('central', ...records);
    await pipeline.atRest();
  };
  const a = (aggregate: RecordRef['aggregate']): RecordRef => ({ aggregate, uuid: randomUUID() });
  const aPatient = (): RecordRef => {
    const patient = a('person');
    at('central').edit(patient, { isPatient: true, gender: 'F', birthdate: '1990-01-01' });
    return patient;
  };
  const enroll = (patient: RecordRef): RecordRef => {
    const enrollment = a('programenrollment');
    at('central').edit(enrollment, { patient: patient.uuid, program: HIV, dateCompleted: null });
    return enrollment;
  };
  const treat = (patient: RecordRef, location: string): RecordRef => {
    const encounter = a('encounter');
    at('central').edit(encounter, { patient: patient.uuid, location });
    return encounter;
  };
  const aPlace = (uuid: string, parentLocation: string | null): RecordRef => {
    const place: RecordRef = { aggregate: 'location', uuid };
    at('central').edit(place, { name: uuid, parentLocation });
    return place;
  };
  const whoHas = (record: RecordRef): readonly string[] => ['kisumu', 'siaya'].filter((site) => at(site).records.has(recordKey(record)));
  const membersOf = async (record: RecordRef): Promise<readonly string[]> =>
    (await pipeline.query<{ link: string }>(`select link from membership where patient = $1 and is_member order by link`, [record.uuid])).map(
      ({ link }) => link,
    );

  it('is known by them though nothing told of her, comes in with one, and leaves when it is void', async () => {
    const patient = aPatient();
    const enrollment = enroll(patient);
    await look(enrollment);
    expect([whoHas(patient), await membersOf(patient)]).toEqual([['kisumu'], ['kisumu']]);

    at('central').edit(enrollment, {}, 'voided');
    await look(enrollment);
    expect(await membersOf(patient)).toEqual(['siaya']);
    at('central').edit(patient, { gender: 'M' });
    await look(patient);
    expect(['kisumu', 'siaya'].map((site) => at(site).fieldsOf(patient)['gender'])).toEqual(['F', 'M']);

    at('central').edit(enrollment, {});
    await look(enrollment);
    expect([await membersOf(patient), at('kisumu').fieldsOf(patient)['gender']]).toEqual([['kisumu'], 'M']);
  });

  it('is nowhere while her site does not tell of them, and where she belongs once it does', async () => {
    const [patient, enrollment] = [aPatient(), a('programenrollment')];
    at('central').edit(enrollment, { patient: patient.uuid });
    await look(patient, enrollment);
    expect([whoHas(patient), await membersOf(patient)]).toEqual([[], []]);
    at('central').edit(enrollment, { program: HIV, dateCompleted: null });
    await look(enrollment);
    expect([whoHas(patient), await membersOf(patient)]).toEqual([['kisumu'], ['kisumu']]);
  });

  it('comes in once it is known where the place is at which she was treated, and leaves when it is another', async () => {
    const patient = aPatient();
    const encounter = treat(patient, WARD);
    aPlace(WARD, COUNTY);
    aPlace(COUNTY, null);
    await look(encounter);
    expect(await membersOf(patient)).toEqual(['kisumu', 'siaya']);
    aPlace(ELSEWHERE, null);
    at('central').edit(encounter, { location: ELSEWHERE });
    await look(encounter);
    expect(await membersOf(patient)).toEqual(['siaya']);
  });

  it('is judged by them once more just before she is written', async () => {
    const patient = aPatient();
    const enrollment = enroll(patient);
    await pipeline.hub.repositories.store.claim('another#1', 'kisumu', patient, 3600);
    await pipeline.look('central', patient);
    const postponed = () =>
      pipeline.query(
        `select 1 from inbox join outbox using (message_id) where stage = 'push' and code = 'claimed' and settled_at is null and payload -> 'record' ->> 'uuid' = $1`,
        [patient.uuid],
      );
    await until('her push waits', async () => (await postponed()).length > 0);
    await pipeline.hub.parts.database.transaction((tx) => pipeline.hub.repositories.ties.note(tx, 'central', enrollment, null));
    await pipeline.query(`delete from claim where holder = 'another#1'`);
    await pipeline.atRest();
    expect([whoHas(patient), await pipeline.query(`select outcome from job where uuid = $1`, [patient.uuid])]).toEqual([[], [{ outcome: 'filtered' }]]);
  });
});
