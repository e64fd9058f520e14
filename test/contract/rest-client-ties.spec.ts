import { describe, expect, it } from '@jest/globals';
import type { TyingCategory } from '@sync-hub/categories';
import type { RecordRef } from '@sync-hub/contracts';
import { CARE, PROFILE_IDS } from '@sync-hub/openmrs-simulator';
import { call, clinic, country, eachWithJane, jane, type RestBench } from './rest-bench.js';

const TEN = (day: string): string => `${day}T10:00:00.000+0000`;

describe.each(PROFILE_IDS.map((profile) => ({ profile })))('a site of platform $profile', ({ profile }) => {
  let bench: RestBench;
  let janeThere: string;
  eachWithJane(profile, (given) => {
    bench = given;
  });
  const placeThere = (uuid: string) => bench.aliases.toLocal({ aggregate: 'location', uuid });
  const ties = (category: TyingCategory) => bench.sites.of('target').tiesOf(jane, category, call);
  const sorted = async (category: TyingCategory) => [...((await ties(category)) ?? [])].sort((one, other) => (one.uuid < other.uuid ? -1 : 1));
  const expected = (...all: readonly object[]) => [...all].sort((one, other) => ((one as RecordRef).uuid < (other as RecordRef).uuid ? -1 : 1));

  it('tells what ties a patient to programs and places, completed too, and nothing that is voided', async () => {
    janeThere = await bench.aliases.toLocal({ aggregate: 'person', uuid: jane });
    expect([await ties('programenrollment'), await ties('visit'), await ties('encounter')]).toEqual([[], [], []]);
    const { programs, care } = bench.target.clinician;
    const enroll = (day: string, more: object = {}) =>
      programs.enroll({ patient: janeThere, program: CARE.hivProgram, dateEnrolled: TEN(`${day}-05`), dateCompleted: TEN(`${day}-20`), ...more });
    const [done, wrong] = [enroll('2020-01'), enroll('2020-02')];
    const open = enroll('2020-03', { dateCompleted: null });
    programs.void(wrong);
    expect(await sorted('programenrollment')).toEqual(
      expected({ uuid: done, to: CARE.hivProgram, isEnded: true }, { uuid: open, to: CARE.hivProgram, isEnded: false }),
    );

    const visitAt = (day: string, more: object) =>
      care.startVisit({ patient: janeThere, visitType: CARE.facilityVisit, startDatetime: TEN(`${day}-05`), stopDatetime: TEN(`${day}-06`), ...more });
    const [here, nowhere, mistaken] = [visitAt('2021-01', { location: await placeThere(clinic) }), visitAt('2021-02', {}), visitAt('2021-03', {})];
    care.voidVisit(mistaken);
    expect(await sorted('visit')).toEqual(expected({ uuid: here, to: clinic, isEnded: false }, { uuid: nowhere, to: null, isEnded: false }));

    const location = await placeThere(country);
    const encounterOn = (day: string) => care.recordEncounter({ patient: janeThere, encounterType: CARE.vitals, encounterDatetime: TEN(day), location });
    const [first, second] = [encounterOn('2022-01-05'), encounterOn('2022-01-06')];
    care.voidEncounter(second);
    expect(await sorted('encounter')).toEqual([{ uuid: first, to: country, isEnded: false }]);
  });

  it('tells all of them, page by page, under the uuids known everywhere', async () => {
    const { care } = bench.target.clinician;
    janeThere = await bench.aliases.toLocal({ aggregate: 'person', uuid: jane });
    const local = care.recordEncounter({
      patient: janeThere,
      encounterType: CARE.vitals,
      encounterDatetime: TEN('2020-01-01'),
      location: await placeThere(clinic),
    });
    await bench.aliases.remember({ aggregate: 'encounter', uuid: 'known-everywhere' }, local);
    for (let n = 0; n < 60; n += 1)
      care.recordEncounter({
        patient: janeThere,
        encounterType: CARE.vitals,
        encounterDatetime: TEN(`2021-${String(1 + (n % 12)).padStart(2, '0')}-0${1 + (n % 5)}`),
        location: await placeThere(country),
      });
    const told = await ties('encounter');
    expect([told?.length, told?.find(({ uuid }) => uuid === 'known-everywhere')?.to]).toEqual([61, clinic]);
  });
});
