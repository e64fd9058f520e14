import { randomUUID } from 'node:crypto';
import { type Clinician, SAMPLE, sampleData } from '@sync-hub/openmrs-simulator';
import type { Made, Word } from './deeds.js';

const LOCATION = String(sampleData('central', 6).locations.at(-1)?.['uuid']);

/** A patient with two names, a number and a telephone. */
export function aPatient(at: Clinician, { text }: Word): Made {
  const [patient, name, other] = [randomUUID(), randomUUID(), randomUUID()] as const;
  at.addPatient({
    uuid: patient,
    gender: 'F',
    birthdate: '1980-01-01',
    names: [
      { uuid: name, givenName: `G${text}`, familyName: `F${text}`, preferred: true },
      { uuid: other, givenName: `H${text}`, familyName: `F${text}` },
    ],
    identifiers: [{ uuid: randomUUID(), identifier: `I${text}`, identifierType: SAMPLE.openmrsId, location: LOCATION, preferred: true }],
    attributes: [{ uuid: randomUUID(), attributeType: SAMPLE.phone, value: `P${text}` }],
  });
  return { record: `person/${patient}`, uuids: [patient, name, other], parts: { patient, name, givenName: `G${text}` } };
}
