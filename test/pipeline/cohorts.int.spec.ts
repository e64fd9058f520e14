import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Catchment, Configuration } from '@sync-hub/configuration';
import { ContractError, type RecordRef, recordKey } from '@sync-hub/contracts';
import { until } from '@sync-hub/messaging/testing';
import { type Pipeline, pipelineOn, twoChildren } from '@sync-hub/runtime/testing';
import { STAGE_SERVICES } from './services.js';

jest.setTimeout(120_000);

const TRIAL = '8d6c993e-c2cc-11de-8d13-0010c6dffd0f';
/** No answer about it makes sense; it is asked for first. */
const STRANGE = '0a111111-c2cc-11de-8d13-0010c6dffd0f';
const onTrial: Catchment = { rule: 'cohort', isOneOf: [TRIAL] };
const CATCHMENTS: Readonly<Record<string, Catchment>> = {
  kisumu: { rule: 'any', of: [{ rule: 'cohort', isOneOf: [STRANGE] }, onTrial] },
  siaya: { rule: 'not', of: onTrial },
};
const byCohort = (): Configuration => {
  const configuration = twoChildren();
  return { ...configuration, links: configuration.links.map((link) => ({ ...link, catchment: CATCHMENTS[link.id]! })) };
};

describe('a patient whom a catchment has by a cohort', () => {
  let pipeline: Pipeline;
  const [moraa, achieng, otieno] = [1, 2, 3].map((): RecordRef => ({ aggregate: 'person', uuid: randomUUID() })) as [RecordRef, RecordRef, RecordRef];
  beforeAll(async () => {
    pipeline = await pipelineOn(STAGE_SERVICES, { configuration: byCohort(), times: { readCohortsSeconds: 0, rulesSettleSeconds: 0 } });
    const membersOf = central().membersOf.bind(central());
    jest.spyOn(central(), 'membersOf').mockImplementation(async (cohort) => {
      if (cohort === STRANGE) throw new ContractError('members are no list', { site: 'central' });
      return membersOf(cohort);
    });
    for (const patient of [moraa, achieng, otieno]) central().edit(patient, { isPatient: true, gender: 'F' });
  }, 60_000);
  afterAll(() => pipeline.stop());

  const central = () => pipeline.sites.site('central');
  const whoHas = (record: RecordRef): readonly string[] => ['kisumu', 'siaya'].filter((site) => pipeline.sites.site(site).records.has(recordKey(record)));
  const membersOf = async (record: RecordRef): Promise<readonly string[]> =>
    (await pipeline.query<{ link: string }>(`select link from membership where patient = $1 and is_member order by link`, [record.uuid])).map(
      ({ link }) => link,
    );
  const areMembers = (what: string, ...expected: readonly (readonly string[])[]) =>
    until(what, async () => JSON.stringify(await Promise.all([moraa, achieng].map(membersOf))) === JSON.stringify(expected), 30_000);

  it('is nowhere while it is not known, and where she belongs once it is; who was never told of, too', async () => {
    await pipeline.look('central', moraa, achieng);
    await pipeline.atRest();
    expect([whoHas(moraa), whoHas(achieng), whoHas(otieno)]).toEqual([[], [], []]);
    const failing = async () => (await pipeline.hub.repositories.overview.read()).failing;
    await until('the one that cannot be read is shown', async () => (await failing()).length > 0);
    expect(await failing()).toMatchObject([{ work: 'read-cohorts', place: 'central', uuid: STRANGE, code: 'contract' }]);
    central().cohorts.set(TRIAL, [moraa.uuid, otieno.uuid]);
    await areMembers('the cohort is known', ['kisumu'], ['siaya']);
    await until('who was never told of is there', () => whoHas(otieno).length > 0, 30_000);
    await pipeline.atRest();
    expect([whoHas(moraa), whoHas(achieng), whoHas(otieno)]).toEqual([['kisumu'], ['siaya'], ['kisumu']]);
  });

  it('comes in and leaves with it', async () => {
    central().cohorts.set(TRIAL, [achieng.uuid]);
    await areMembers('one has come, and one has left', ['siaya'], ['kisumu']);
    await pipeline.atRest();
    central().edit(moraa, { gender: 'M' });
    await pipeline.look('central', moraa);
    await pipeline.atRest();
    expect(['kisumu', 'siaya'].map((site) => pipeline.sites.site(site).fieldsOf(moraa)['gender'])).toEqual(['F', 'M']);
  });

  it('gets nothing more where it is known no more, and all of it once it is again', async () => {
    central().cohorts.delete(TRIAL);
    await areMembers('nobody can tell any more', [], []);
    central().cohorts.set(TRIAL, [moraa.uuid]);
    await areMembers('it is known again', ['kisumu'], ['siaya']);
    await pipeline.atRest();
    expect(pipeline.sites.site('kisumu').fieldsOf(moraa)['gender']).toBe('M');
  });
});
