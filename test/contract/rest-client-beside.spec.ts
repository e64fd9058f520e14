import { describe, expect, it } from '@jest/globals';
import { CARE, type ObsState, PROFILE_IDS, type Simulator } from '@sync-hub/openmrs-simulator';
import { clinic, country, eachWithJane, jane, type RestBench } from './rest-bench.js';

const PLATFORMS = PROFILE_IDS.map((profile) => ({ profile }));
const encounterOf = (uuid: string) => ({ aggregate: 'encounter', uuid }) as const;

const weights = (site: Simulator): readonly ObsState[] =>
  site
    .state()
    .encounters.flatMap(({ obs }) => obs)
    .filter(({ gone, values }) => !gone && values['concept'] === CARE.weight);

describe.each(PLATFORMS)('beside a write to a site of platform $profile', ({ profile }) => {
  let bench: RestBench;
  eachWithJane(profile, (given) => {
    bench = given;
  });

  /** A weight that both ends have, and that the source corrects to 62; `act` is done at the target just before or after it handles such a request. */
  async function correctedBeside(at: { readonly method: string; readonly moment: 'before' | 'after' }, act: (encounter: string) => void): Promise<void> {
    const { care } = bench.source.clinician;
    const obs = [{ concept: CARE.weight, value: 61.5 }];
    const uuid = care.recordEncounter({ patient: jane, encounterType: CARE.vitals, encounterDatetime: '2020-05-01T09:00:00.000+0000', location: clinic, obs });
    await bench.carry(encounterOf(uuid));
    care.editObs(String(weights(bench.source)[0]?.uuid), { value: 62 });
    let isDone = false;
    bench.target.faults.beside = ({ method, path }, moment) => {
      if (isDone || moment !== at.moment || method !== at.method || !path.includes('/obs')) return;
      isDone = true;
      act(String(bench.target.state().encounters[0]?.uuid));
    };
    await bench.carry(encounterOf(uuid));
    bench.target.faults.beside = null;
  }

  it('an obs that somebody corrects back to what stood there before stays', async () => {
    await correctedBeside({ method: 'POST', moment: 'after' }, () => {
      bench.target.clinician.care.editObs(String(weights(bench.target)[0]?.uuid), { value: 61.5 });
    });
    expect(weights(bench.target).map(({ values }) => values['valueNumeric'])).toEqual([61.5]);
  });

  it('an obs that somebody adds stays, though it says what stood there before', async () => {
    await correctedBeside({ method: 'POST', moment: 'after' }, (encounter) => {
      bench.target.clinician.care.addObs(encounter, { concept: CARE.weight, value: 61.5 });
    });
    expect(
      weights(bench.target)
        .map(({ values }) => values['valueNumeric'])
        .sort(),
    ).toEqual([61.5, 62]);
  });

  it('what a server wrote anew of the obs that goes, because somebody moved its encounter, goes too', async () => {
    await correctedBeside({ method: 'DELETE', moment: 'before' }, (encounter) => {
      bench.target.clinician.care.editEncounter(encounter, { location: country });
    });
    expect(weights(bench.target).map(({ values }) => values['valueNumeric'])).toEqual([62]);
  });
});
