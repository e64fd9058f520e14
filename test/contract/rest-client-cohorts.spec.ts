import { describe, expect, it } from '@jest/globals';
import { PROFILE_IDS, SAMPLE } from '@sync-hub/openmrs-simulator';
import { call, eachWithJane, jane, person, type RestBench } from './rest-bench.js';

const COHORT = '99999999-0000-4000-8000-00000000000c';
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().replace('Z', '+0000');

describe.each(PROFILE_IDS.map((profile) => ({ profile })))('a site of platform $profile', ({ profile }) => {
  let bench: RestBench;
  eachWithJane(profile, (given) => {
    bench = given;
  });
  const cohorts = () => bench.target.clinician.cohorts;
  const members = (cohort = COHORT) => bench.sites.of('target').membersOf(cohort, call);
  const janeThere = () => bench.aliases.toLocal(person(jane));

  it('tells who is in a cohort, under the uuids known everywhere, and nobody who was taken out', async () => {
    const cohort = cohorts().gather('On trial', COHORT);
    expect(await members()).toEqual([]);
    const membership = cohorts().add(cohort, await janeThere());
    expect(await members()).toEqual([jane]);
    cohorts().remove(membership);
    expect(await members()).toEqual([]);
  });

  it('tells all of them, page by page', async () => {
    const cohort = cohorts().gather('On trial', COHORT);
    const patients = Array.from({ length: 60 }, (_, n) =>
      bench.target.clinician.addPatient({
        gender: 'F',
        names: [{ givenName: 'Moraa', familyName: 'Kemunto' }],
        identifiers: [{ identifier: `MEMBER-${n}`, identifierType: SAMPLE.openmrsId, location: bench.target.state().locations[0]!.uuid }],
      }),
    );
    for (const patient of patients) cohorts().add(cohort, patient);
    expect([...((await members()) ?? [])].sort()).toEqual([...patients].sort());
  });

  it('cannot tell of a cohort that is not there or not in use, nor of what only has its uuid as a name', async () => {
    expect(await members()).toBeNull();
    const cohort = cohorts().gather('unlike-a-uuid', COHORT);
    expect(await members('unlike-a-uuid')).toBeNull();
    cohorts().void(cohort);
    expect(await members()).toBeNull();
  });

  if (/^2/.test(profile))
    it('tells of each membership from its start to its end', async () => {
      const cohort = cohorts().gather('On trial', COHORT);
      const membership = cohorts().add(cohort, await janeThere(), { startDate: inDays(-9), endDate: inDays(1) });
      expect(await members()).toEqual([jane]);
      cohorts().end(membership, inDays(-1));
      expect(await members()).toEqual([]);
      cohorts().add(cohort, await janeThere(), { startDate: inDays(1) });
      expect(await members()).toEqual([]);
      cohorts().add(cohort, await janeThere(), { startDate: inDays(-1) });
      expect(await members()).toEqual([jane]);
    });
});
