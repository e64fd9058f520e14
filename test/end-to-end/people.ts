import { type PatientInput, type PersonState, SAMPLE, type Simulator } from '@sync-hub/openmrs-simulator';
import { aUuid } from './running-hub.js';

interface Registered {
  readonly location: string;
  /** One of its own where none is said. */
  readonly number?: string;
  readonly countyDistrict?: string;
}

/** A patient as a clinic registers one. */
export function aPatient({ location, number, countyDistrict }: Registered): PatientInput {
  const uuid = aUuid();
  return {
    uuid,
    gender: 'F',
    names: [{ givenName: 'Moraa', familyName: 'Kemunto' }],
    identifiers: [{ identifier: number ?? `${uuid.slice(0, 8).toUpperCase()}-1`, identifierType: SAMPLE.openmrsId, location, preferred: true }],
    ...(countyDistrict === undefined ? {} : { addresses: [{ countyDistrict, country: 'Kenya', preferred: true }] }),
  };
}

/** The person as the site has it. */
export const personAt = (site: Simulator, uuid: string): PersonState | undefined => site.state().people.find((one) => one.uuid === uuid);
