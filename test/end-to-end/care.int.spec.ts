import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { CARE, type EncounterState, type ObsState, SAMPLE, sampleVisit } from '@sync-hub/openmrs-simulator';
import { aUuid, type RunningWorld, runningHub } from './running-hub.js';

jest.setTimeout(240_000);

const BOTH = { pull: true, push: true };
const DAY = '2026-03-02';

const flat = (obs: readonly ObsState[]): readonly ObsState[] => obs.flatMap((one) => [one, ...flat(one.members)]);
const live = (obs: readonly ObsState[]): readonly ObsState[] => flat(obs).filter(({ gone }) => !gone);

describe('a visit with three encounters and forty obs, made while the line to the clinic was down', () => {
  let world: RunningWorld;
  let clinic: string;
  let patient: string;
  const sample = () => sampleVisit('care', { patient, location: clinic, day: DAY });

  beforeAll(async () => {
    const classes = { location: BOTH, person: BOTH, patient: BOTH, visit: BOTH, encounter: BOTH, observation: BOTH };
    world = await runningHub({ link: () => ({ mode: 'live', classes }) });
    clinic = world.site('central').clinician.addLocation({ uuid: aUuid(), name: 'Clinic', tags: [SAMPLE.visitTag] });
    await world.atRest(60_000);
    patient = world.site('kisumu').clinician.addPatient({
      uuid: aUuid(),
      gender: 'F',
      birthdate: '1990-01-02',
      names: [{ givenName: 'Moraa', familyName: 'Kemunto' }],
      identifiers: [{ identifier: 'CARE-1', identifierType: SAMPLE.openmrsId, location: clinic, preferred: true }],
    });
    await world.atRest(60_000);
  }, 120_000);
  afterAll(() => world.stop());

  const stateAt = (site: string) => world.site(site).state();
  const encounterAt = (site: string, uuid: string): EncounterState | undefined => stateAt(site).encounters.find((one) => one.uuid === uuid);
  const obsAt = (site: string, uuid: string) => live(encounterAt(site, uuid)?.obs ?? []);
  /** Every live obs by uuid with what it says. */
  const sayings = (site: string, uuid: string) =>
    obsAt(site, uuid)
      .map(({ uuid: own, values }) => [
        own,
        values['concept'],
        values['valueNumeric'] ?? values['valueCoded'] ?? values['valueText'] ?? null,
        values['obsGroup'] ?? null,
      ])
      .sort();
  const everywhere = ['kisumu', 'central', 'siaya'] as const;

  it('arrives whole at the parent and at a second clinic, under the same uuids, after having been edited and partly voided', async () => {
    const { care } = world.site('kisumu').clinician;
    const { visit, encounters } = sample();
    await world.site('kisumu').down();
    care.startVisit(visit);
    for (const encounter of encounters) care.recordEncounter(encounter);
    const [first, second] = encounters.map(({ uuid }) => uuid);
    const weights = obsAt('kisumu', first ?? '').filter(({ values }) => values['concept'] === CARE.weight);
    care.editObs(weights[0]?.uuid ?? '', { value: 66.5 });
    care.voidObs(weights[1]?.uuid ?? '');
    care.voidObs(obsAt('kisumu', second ?? '').find(({ values }) => values['concept'] === CARE.note)?.uuid ?? '');
    const writesBefore = { central: world.site('central').writes('client').length, siaya: world.site('siaya').writes('client').length };
    await world.site('kisumu').up();
    await world.isUp('kisumu');
    await world.atRest(90_000);

    expect(await world.held()).toEqual([]);
    for (const { uuid } of encounters) {
      expect(sayings('kisumu', uuid).length).toBeGreaterThan(10);
      for (const site of ['central', 'siaya']) {
        expect(sayings(site, uuid)).toEqual(sayings('kisumu', uuid));
        expect(encounterAt(site, uuid)?.values).toEqual(encounterAt('kisumu', uuid)?.values);
        expect(encounterAt(site, uuid)?.providers.map(({ values }) => values['provider'])).toEqual(
          encounterAt('kisumu', uuid)?.providers.map(({ values }) => values['provider']),
        );
      }
    }
    for (const site of ['central', 'siaya'] as const) {
      expect(stateAt(site).visits.filter(({ gone }) => !gone)).toHaveLength(1);
      expect(stateAt(site).encounters.filter(({ gone }) => !gone)).toHaveLength(3);
      // One transaction for the visit, and one for each encounter with all its obs: nobody ever sees half of one.
      const made = world.site(site).writes('client').slice(writesBefore[site]);
      for (const { uuid } of encounters) {
        const makingIt = made.filter(({ records }) => records.some((record) => record === `encounter/${uuid}`));
        expect(makingIt[0]?.records.filter((record) => record.startsWith('obs/'))).toHaveLength(sayings('kisumu', uuid).length);
      }
    }
  });

  it('has no vitals doubled, and the same uuids everywhere, when the time of an encounter is corrected', async () => {
    const [first] = sample().encounters;
    const uuid = first?.uuid ?? '';
    const before = sayings('central', uuid);
    world.site('kisumu').clinician.care.moveEncounter(uuid, `${DAY}T08:45:00.000+0000`);
    await world.atRest(90_000);
    expect(await world.held()).toEqual([]);
    for (const site of everywhere) {
      expect(sayings(site, uuid)).toEqual(sayings('kisumu', uuid));
      expect(encounterAt(site, uuid)?.values['encounterDatetime']).toBe(Date.parse(`${DAY}T08:45:00Z`));
    }
    expect(sayings('central', uuid)).toHaveLength(before.length);
    expect(sayings('central', uuid).map(([, ...says]) => says.slice(0, 2))).toEqual(expect.arrayContaining(before.map(([, ...says]) => says.slice(0, 2))));
  });

  it('asks, and keeps both, where the same obs was corrected at two clinics at once', async () => {
    const third = sample().encounters[2]?.uuid ?? '';
    const pulse = (site: string) => obsAt(site, third).find(({ values }) => values['concept'] === CARE.pulse)?.uuid ?? '';
    expect(pulse('siaya')).toBe(pulse('kisumu'));
    for (const [site, value] of [
      ['kisumu', 71],
      ['siaya', 93],
    ] as const) {
      world.site(site).clinician.care.editObs(pulse(site), { value });
    }
    await world.atRest(90_000);
    const held = await world.held(third);
    expect(new Set(held.map(({ state }) => state))).toEqual(new Set(['conflict']));
    const said = (site: string) =>
      obsAt(site, third)
        .filter(({ values }) => values['concept'] === CARE.pulse)
        .map(({ values }) => values['valueNumeric']);
    expect(said('kisumu')).toContain(71);
    expect(said('siaya')).toContain(93);
    for (const site of everywhere) expect(said(site)).toHaveLength(2);
  });

  it('is voided everywhere when it is voided where it was made', async () => {
    const second = sample().encounters[1]?.uuid ?? '';
    world.site('kisumu').clinician.care.voidEncounter(second);
    await world.atRest(90_000);
    for (const site of everywhere) expect([encounterAt(site, second)?.gone, obsAt(site, second)]).toEqual([true, []]);
  });
});
