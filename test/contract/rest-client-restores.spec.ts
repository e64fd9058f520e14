import { describe, expect, it } from '@jest/globals';
import type { CanonicalRecord } from '@sync-hub/categories';
import type { RecordRef } from '@sync-hub/contracts';
import { CARE, type EncounterInput, type ObsInput, type ObsState, PROFILE_IDS, type Simulator } from '@sync-hub/openmrs-simulator';
import { call, clinic, eachWithJane, type HandClock, jane, person, type RestBench } from './rest-bench.js';

const PLATFORMS = PROFILE_IDS.map((profile) => ({ profile }));
const NINE = '2020-05-01T09:00:00.000+0000';
const PRESSURE: ObsInput = {
  concept: CARE.bloodPressure,
  groupMembers: [
    { concept: CARE.systolic, value: 120 },
    { concept: CARE.diastolic, value: 80 },
  ],
};

/** The tree of live obs of a site's encounters, by what they say. */
function liveObs(site: Simulator): readonly unknown[] {
  const told = (obs: readonly ObsState[]): unknown[] =>
    obs
      .filter(({ gone }) => !gone)
      .map(({ values, members }) => JSON.stringify([values['concept'], values['valueNumeric'] ?? null, told(members)]))
      .sort();
  return told(site.state().encounters.flatMap(({ obs }) => obs));
}

describe.each(PLATFORMS)('what is voided at a site of platform $profile', ({ profile }) => {
  let bench: RestBench;
  let clock: HandClock;
  eachWithJane(profile, (given, at) => {
    bench = given;
    clock = at;
  });

  const care = () => bench.source.clinician.care;
  const record = (more: Partial<EncounterInput> = {}): string =>
    care().recordEncounter({
      patient: jane,
      encounterType: CARE.vitals,
      encounterDatetime: NINE,
      location: clinic,
      obs: [{ concept: CARE.weight, value: 61.5 }, PRESSURE],
      ...more,
    });
  const startVisit = (): string =>
    care().startVisit({
      patient: jane,
      visitType: CARE.facilityVisit,
      location: clinic,
      startDatetime: NINE,
      attributes: [{ attributeType: CARE.insurance, value: 'I-1' }],
    });
  const aloneInPlace = (obs: ObsInput): ObsInput => ({ ...obs, person: jane, obsDatetime: NINE, location: clinic });
  const recordAlone = (): string =>
    care().recordObs({ ...PRESSURE, person: jane, obsDatetime: NINE, groupMembers: PRESSURE.groupMembers?.map(aloneInPlace) ?? [] });

  async function voided(ref: RecordRef): Promise<{ readonly written: CanonicalRecord; readonly gone: CanonicalRecord }> {
    const { written } = await bench.carry(ref);
    clock.tick();
    const gone = await bench.sites.of('target').write(written, written, { presence: 'voided', fields: new Map() }, call);
    expect(gone.presence).toBe('voided');
    return { written, gone };
  }

  const kinds: readonly (readonly [string, () => RecordRef])[] = [
    ['a person', () => person(bench.source.clinician.addPerson({ gender: 'M', names: [{ givenName: 'Joe', familyName: 'Doe' }] }))],
    ['a patient', () => person(jane)],
    ['a visit', () => ({ aggregate: 'visit', uuid: startVisit() })],
    ['an encounter', () => ({ aggregate: 'encounter', uuid: record() })],
    ['an obs in no encounter', () => ({ aggregate: 'obs', uuid: recordAlone() })],
  ];

  it.each(kinds)('comes back with all of its own, or is said to be for a person to bring back, and nothing is sent: %s', async (_kind, made) => {
    const { written, gone } = await voided(made());
    bench.target.resetRequests();
    const back = bench.sites.of('target').write(gone, written, { presence: 'present', fields: new Map() }, call);
    if (bench.target.profile.undeletes) return expect(await back).toMatchObject({ presence: 'present', fields: written.fields });
    await expect(back).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringMatching(/webservices\.rest before 2\.25 .+ restore it at that server by hand/),
      details: { fields: ['presence'] },
    });
    expect(bench.target.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
    expect((await bench.sites.of('target').read(gone.record, call)).presence).toBe('voided');
  });

  it('comes back inside its encounter, once: one obs, a whole group, or a member of one', async () => {
    const ref: RecordRef = { aggregate: 'encounter', uuid: record() };
    const { written } = await bench.carry(ref);
    const all = liveObs(bench.target);
    const top = bench.source.state().encounters[0]?.obs ?? [];
    const [member] = top.flatMap(({ members }) => members);
    for (const uuid of [...top.map((obs) => obs.uuid), member?.uuid ?? '']) {
      clock.tick();
      care().voidObs(uuid);
      await bench.carry(ref);
      expect(liveObs(bench.target)).toEqual(liveObs(bench.source));
      care().restoreObs(uuid);
      const again = await bench.carry(ref);
      expect(liveObs(bench.target)).toEqual(all);
      expect(again.written.fields).toEqual(written.fields);
      expect((await bench.carry(ref)).asked).toEqual([]);
    }
  });
});
