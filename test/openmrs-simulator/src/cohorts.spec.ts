import { describe, expect, it } from '@jest/globals';
import { PROFILE_IDS } from './index.js';
import { type Bench, withBench } from './simulator.bench.js';

const COHORT = '99999999-0000-4000-8000-00000000000c';
const EARLIER = '2025-02-01T00:00:00.000+0000';

const gathered = (at: Bench): [string, string] => {
  const { clinician } = at.simulator;
  return [clinician.cohorts.gather('On trial', COHORT), clinician.addPatient(at.jane())];
};

describe.each(PROFILE_IDS)('cohorts on %s', (profile) => {
  const isOld = !/^2/.test(profile);

  it('tell their members as the resource of the platform does', async () => {
    await withBench({ profile }, async (at) => {
      const [cohort, jane] = gathered(at);
      const membership = at.simulator.clinician.cohorts.add(cohort, jane);
      const full = (await at.call('GET', `cohort/${cohort}?v=full`)).json;
      expect(full).toMatchObject({ uuid: cohort, name: 'On trial', voided: false, ...(isOld ? {} : { size: 1 }) });
      expect(['memberIds', 'size'].map((key) => key in full)).toEqual([isOld, !isOld]);
      const [here, elsewhere] = isOld ? ['member', 'membership'] : ['membership', 'member'];
      const { results } = (await at.call('GET', `cohort/${cohort}/${here}`)).json;
      expect(results).toMatchObject([isOld ? { patient: { uuid: jane } } : { uuid: membership, patientUuid: jane, endDate: null }]);
      expect((await at.call('GET', `cohort/${cohort}/${elsewhere}`)).status).toBe(404);
      expect((await at.call('GET', 'cohort/On trial')).json.uuid).toBe(cohort);
    });
  });

  it('list who was taken out no more, or, since 2.1, among the others, and only the stamps say so', async () => {
    await withBench({ profile }, async (at) => {
      const [cohort, jane] = gathered(at);
      at.simulator.clinician.cohorts.remove(at.simulator.clinician.cohorts.add(cohort, jane));
      const { results } = (await at.call('GET', `cohort/${cohort}/${isOld ? 'member' : 'membership'}?v=full`)).json;
      expect(results).toHaveLength(isOld ? 0 : 1);
      if (!isOld) expect([results[0].voided, typeof results[0].auditInfo.dateVoided]).toEqual([undefined, 'string']);
    });
  });
});

describe('a membership', () => {
  it('has dates, which can be changed, and keeps its patient', async () => {
    await withBench({ profile: '2.8' }, async (at) => {
      const [cohort, jane] = gathered(at);
      const made = await at.call('POST', `cohort/${cohort}/membership`, { patientUuid: jane, startDate: EARLIER });
      expect([made.status, made.json]).toMatchObject([201, { patientUuid: jane, startDate: EARLIER, endDate: null }]);
      const path = `cohort/${cohort}/membership/${made.json.uuid}`;
      expect((await at.call('POST', path, { endDate: '2025-03-01T00:00:00.000+0000' })).json.endDate).toBe('2025-03-01T00:00:00.000+0000');
      expect((await at.call('POST', path, { patientUuid: COHORT })).status).toBe(400);
    });
  });
});
