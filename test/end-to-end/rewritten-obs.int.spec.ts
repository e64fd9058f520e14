import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type EncounterState, type ObsState, SAMPLE, sampleVisit } from '@sync-hub/openmrs-simulator';
import { aUuid, type RunningWorld, runningHub } from './running-hub.js';

jest.setTimeout(240_000);

const BOTH = { pull: true, push: true };
const DAY = '2026-03-02';
const flat = (obs: readonly ObsState[]): readonly ObsState[] => obs.flatMap((one) => [one, ...flat(one.members)]);
const live = (obs: readonly ObsState[]): readonly ObsState[] => flat(obs).filter(({ gone }) => !gone);

describe('an encounter whose obs two servers wrote anew, because its time was corrected at both', () => {
  let world: RunningWorld;
  let clinic: string;
  let patient: string;

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
    const { visit, encounters } = sampleVisit('care', { patient, location: clinic, day: DAY });
    world.site('kisumu').clinician.care.startVisit(visit);
    for (const encounter of encounters) world.site('kisumu').clinician.care.recordEncounter(encounter);
    await world.atRest(90_000);
  }, 240_000);
  afterAll(() => world.stop());

  const encounterAt = (site: string, uuid: string): EncounterState | undefined =>
    world
      .site(site)
      .state()
      .encounters.find((one) => one.uuid === uuid);
  const says = (site: string, uuid: string) =>
    live(encounterAt(site, uuid)?.obs ?? [])
      .map(({ values }) => JSON.stringify([values['concept'], values['valueNumeric'] ?? values['valueCoded'] ?? values['valueText'] ?? null]))
      .sort();

  it('has each of them once', async () => {
    const uuid = sampleVisit('care', { patient, location: clinic, day: DAY }).encounters[0]?.uuid ?? '';
    const before = says('central', uuid);
    const was = new Date(Number(encounterAt('central', uuid)?.values['encounterDatetime'])).toISOString().replace('Z', '+0000');
    world.site('central').clinician.care.moveEncounter(uuid, `${DAY}T08:45:00.000+0000`);
    world.site('central').clinician.care.moveEncounter(uuid, was);
    world.site('kisumu').clinician.care.moveEncounter(uuid, `${DAY}T08:50:00.000+0000`);
    await world.atRest(90_000);
    expect(await world.held()).toEqual([]);
    for (const site of ['central', 'kisumu', 'siaya']) expect([site, says(site, uuid)]).toEqual([site, before]);
  });
});
