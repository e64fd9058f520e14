import { type EncounterState, type ObsState, SAMPLE, type SampleVisit, sampleVisit } from '@sync-hub/openmrs-simulator';
import { aUuid, type RunningWorld, runningHub } from './running-hub.js';

const BOTH = { pull: true, push: true };
export const DAY = '2026-03-02';

const flat = (obs: readonly ObsState[]): readonly ObsState[] => obs.flatMap((one) => [one, ...flat(one.members)]);

/** A running hub whose sites share a clinic and one of its patients, and the visit that she may have. */
export interface CareWorld {
  readonly world: RunningWorld;
  readonly sample: SampleVisit;
  readonly encounterAt: (site: string, uuid: string) => EncounterState | undefined;
  /** The live obs of an encounter at a site, members of groups too. */
  readonly obsAt: (site: string, uuid: string) => readonly ObsState[];
}

/** All classes of care travel both ways; everything is at rest, and nobody has recorded the visit yet. */
export async function careWorld(): Promise<CareWorld> {
  const classes = { location: BOTH, person: BOTH, patient: BOTH, visit: BOTH, encounter: BOTH, observation: BOTH };
  const world = await runningHub({ link: () => ({ mode: 'live', classes }) });
  const location = world.site('central').clinician.addLocation({ uuid: aUuid(), name: 'Clinic', tags: [SAMPLE.visitTag] });
  await world.atRest(60_000);
  const patient = world.site('kisumu').clinician.addPatient({
    uuid: aUuid(),
    gender: 'F',
    birthdate: '1990-01-02',
    names: [{ givenName: 'Moraa', familyName: 'Kemunto' }],
    identifiers: [{ identifier: 'CARE-1', identifierType: SAMPLE.openmrsId, location, preferred: true }],
  });
  await world.atRest(60_000);
  const encounterAt = (site: string, uuid: string) =>
    world
      .site(site)
      .state()
      .encounters.find((one) => one.uuid === uuid);
  const obsAt = (site: string, uuid: string) => flat(encounterAt(site, uuid)?.obs ?? []).filter(({ gone }) => !gone);
  return { world, sample: sampleVisit('care', { patient, location, day: DAY }), encounterAt, obsAt };
}
