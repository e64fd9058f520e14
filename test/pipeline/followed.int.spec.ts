import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { LinkConfiguration } from '@sync-hub/configuration';
import { type RecordRef, recordKey } from '@sync-hub/contracts';
import { until } from '@sync-hub/messaging/testing';
import { type Pipeline, pipelineOn, twoChildren } from '@sync-hub/runtime/testing';
import { STAGE_SERVICES } from './services.js';

jest.setTimeout(60_000);

const OUT = JSON.stringify({ countyDistrict: 'Nakuru' });
const ELSEWHERE = { rule: 'address' as const, field: 'countyDistrict' as const, isOneOf: ['Kisumu'] };

describe('a patient who is followed on a link', () => {
  let pipeline: Pipeline;
  beforeAll(async () => {
    const configuration = twoChildren();
    const links = configuration.links.map((link): LinkConfiguration => ({ ...link, catchment: ELSEWHERE }));
    pipeline = await pipelineOn(STAGE_SERVICES, { configuration: { ...configuration, links } });
  }, 60_000);
  afterAll(() => pipeline.stop());

  const at = (site: string) => pipeline.sites.site(site);
  const look = async (...records: RecordRef[]): Promise<void> => {
    await pipeline.look('central', ...records);
    await pipeline.atRest();
  };
  const aPatient = (): RecordRef => {
    const patient: RecordRef = { aggregate: 'person', uuid: randomUUID() };
    at('central').edit(patient, { isPatient: true, gender: 'F', [`addresses[${OUT}]`]: true, preferredAddress: OUT });
    return patient;
  };
  const follow = (patient: RecordRef, seconds: number) =>
    pipeline.hub.parts.database.transaction((tx) =>
      pipeline.hub.repositories.followed.follow(tx, { link: 'kisumu', patient: patient.uuid }, seconds, { who: 'jane', child: 'kisumu' }),
    );
  const isAt = (patient: RecordRef) => ['kisumu', 'siaya'].map((site) => at(site).records.has(recordKey(patient)));
  const members = async (patient: RecordRef) =>
    (await pipeline.query<{ link: string }>(`select link from membership where patient = $1 and is_member`, [patient.uuid])).map(({ link }) => link);

  it('is a member there and nowhere else, and is looked at by the catchment alone when her time is over', async () => {
    const [patient, other] = [aPatient(), aPatient()];
    await follow(patient, 3600);
    await look(patient, other);
    expect([isAt(patient), isAt(other), await members(patient)]).toEqual([[true, false], [false, false], ['kisumu']]);
    await pipeline.query(`update followed set until = now() where patient = $1`, [patient.uuid]);
    await until('she is no member', async () => (await members(patient)).length === 0, 20_000);
    await pipeline.atRest();
    at('central').edit(patient, { gender: 'M' });
    await look(patient);
    expect(at('kisumu').fieldsOf(patient)['gender']).toBe('F');
    expect(await pipeline.query(`select 1 from followed`)).toEqual([]);
  });

  it('is not written any more where her time is over at the moment of writing', async () => {
    const patient = aPatient();
    await follow(patient, 3600);
    await pipeline.hub.repositories.store.claim('another#1', 'kisumu', patient, 3600);
    await pipeline.look('central', patient);
    const isPutOff = async () =>
      (
        await pipeline.query(
          `select 1 from inbox join outbox using (message_id) where stage = 'push' and code = 'claimed' and settled_at is null and payload -> 'record' ->> 'uuid' = $1`,
          [patient.uuid],
        )
      ).length > 0;
    await until('her push is put off', isPutOff);
    // Her time ends within a transaction that locks her row, so that whoever looks for ended ones passes it over: only her push can notice.
    await pipeline.query(`update followed set until = now() + interval '1 second' where patient = $1`, [patient.uuid]);
    await pipeline.hub.parts.database.transaction(async (tx) => {
      await tx.query(`select from followed where patient = $1 for update`, [patient.uuid]);
      await until(
        'her time is over',
        async () => (await pipeline.query(`select 1 from followed where patient = $1 and until <= now()`, [patient.uuid])).length > 0,
      );
      await pipeline.query(`delete from claim where holder = 'another#1'`);
      await pipeline.atRest();
    });
    expect(isAt(patient)).toEqual([false, false]);
  });

  it('goes nowhere where the class patient does not', async () => {
    const before = pipeline.hub.rules.current;
    const off = { pull: false, push: true };
    pipeline.hub.rules.replace({ ...before, links: before.links.map((link) => ({ ...link, classes: { ...link.classes, patient: off } })) });
    const patient = aPatient();
    await follow(patient, 3600);
    await look(patient);
    pipeline.hub.rules.replace(before);
    expect(isAt(patient)).toEqual([false, false]);
  });
});
