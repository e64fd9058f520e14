import { describe, expect, it } from '@jest/globals';
import type { RecordRef } from '@sync-hub/contracts';
import { CARE, type ObsState, PROFILE_IDS, type Simulator } from '@sync-hub/openmrs-simulator';
import { call, clinic, country, eachWithJane, jane, person, type RestBench } from './rest-bench.js';

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

  const said = () =>
    weights(bench.target)
      .map(({ values }) => values['valueNumeric'])
      .sort();

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
    expect(said()).toEqual([61.5]);
  });

  it('an obs that somebody adds stays, though it says what stood there before', async () => {
    await correctedBeside({ method: 'POST', moment: 'after' }, (encounter) => {
      bench.target.clinician.care.addObs(encounter, { concept: CARE.weight, value: 61.5 });
    });
    expect(said()).toEqual([61.5, 62]);
  });

  it('what a server wrote anew of the obs that goes, because somebody moved its encounter, goes too', async () => {
    await correctedBeside({ method: 'DELETE', moment: 'before' }, (encounter) => {
      bench.target.clinician.care.editEncounter(encounter, { location: country });
    });
    expect(said()).toEqual([62]);
  });

  it('an obs that goes, and that somebody brings back, stays', async () => {
    await correctedBeside({ method: 'DELETE', moment: 'after' }, () => {
      const gone = bench.target.state().encounters.flatMap(({ obs }) => obs.filter((one) => one.gone));
      bench.target.clinician.care.restoreObs(String(gone[0]?.uuid));
    });
    expect(said()).toEqual([61.5, 62]);
  });

  const names = (site: Simulator) => (site.state().people.find(({ uuid }) => uuid === jane)?.names ?? []).filter(({ gone }) => !gone);
  const rowOf = (site: Simulator, givenName: unknown): string => String(names(site).find(({ values }) => values['givenName'] === givenName)?.uuid);

  it('a name that somebody changes back stays', async () => {
    const was = names(bench.target)[0]?.values['givenName'];
    bench.source.clinician.editName(rowOf(bench.source, was), { givenName: 'Changed' });
    let isDone = false;
    bench.target.faults.beside = ({ method }, moment) => {
      if (isDone || moment !== 'after' || method !== 'POST') return;
      isDone = true;
      bench.target.clinician.editName(rowOf(bench.target, 'Changed'), { givenName: was });
    };
    await bench.carry(person(jane));
    bench.target.faults.beside = null;
    expect(names(bench.target).map(({ values }) => values['givenName'])).toEqual([was]);
  });

  it('is known by who saved what last, and by an obs that we made and that is voided', async () => {
    const at = new Date(Date.now() - 3_600_000);
    const { care } = bench.source.clinician;
    const obs = [{ concept: CARE.weight, value: 61.5 }];
    const uuid = care.recordEncounter({ patient: jane, encounterType: CARE.vitals, encounterDatetime: '2020-05-01T09:00:00.000+0000', location: clinic, obs });
    await bench.carry(encounterOf(uuid));
    const made = String(weights(bench.source)[0]?.uuid);
    const touched = (record: RecordRef, since: Date, theirs: readonly string[] = []) =>
      bench.sites.of('target').touchedByOthers(record, { since, obs: theirs }, call);
    const later = new Date(Date.now() + 3_600_000);
    expect([await touched(person(jane), at), await touched(encounterOf(uuid), at, [made])]).toEqual([false, false]);
    bench.target.clinician.editName(rowOf(bench.target, names(bench.target)[0]?.values['givenName']), { givenName: 'Theirs' });
    expect([await touched(person(jane), at), await touched(person(jane), later)]).toEqual([true, false]);
    bench.target.clinician.care.voidObs(String(weights(bench.target)[0]?.uuid));
    expect([await touched(encounterOf(uuid), at), await touched(encounterOf(uuid), later, [made])]).toEqual([false, true]);
  });
});
