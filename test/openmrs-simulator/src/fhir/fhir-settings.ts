import type { FhirReading } from './fhir-call.js';

/** Settings of openmrs-module-fhir2 4.2.0 (`omod/config.xml`) and of core that it reads, and what they are if no row says otherwise. */
const DEFAULTS = {
  'fhir2.paging.default': '10',
  'fhir2.paging.maximum': '100',
  'fhir2.personContactPointAttributeTypeUuid': '14d4f066-15f5-102d-96e4-000c29c2a5d7',
  'fhir2.locationContactPointAttributeTypeUuid': 'abcde432-1691-11df-97a5-7038c432abcd',
  'fhir2.providerContactPointAttributeTypeUuid': '5021b1a1-e7f6-44b4-ba02-da2f2bcf8718',
  'fhir2.upsert.supported.resources': '',
  'allergy.concept.severity.mild': '',
  'allergy.concept.severity.moderate': '',
  'allergy.concept.severity.severe': '',
} as const;

/** The value of a setting of the module at that server. */
export function fhirSetting({ engine }: Pick<FhirReading, 'engine'>, property: keyof typeof DEFAULTS): string {
  const row = engine.database.all('systemsetting').find(({ values }) => values['property'] === property);
  return String(row?.values['value'] ?? DEFAULTS[property]);
}

/** Entries are not trimmed: after a comma and a space comes no type that there is (`BaseUpsertFhirResourceProvider`). */
export const mayUpsert = (reading: FhirReading, type: string): boolean => fhirSetting(reading, 'fhir2.upsert.supported.resources').split(',').includes(type);
