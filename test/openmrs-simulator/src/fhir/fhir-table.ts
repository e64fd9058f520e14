import { allergyIntoleranceR4 } from './allergy-intolerance.r4.js';
import { conditionR4 } from './condition.r4.js';
import { diagnosticReportR4 } from './diagnostic-report.r4.js';
import { encounterR4 } from './encounter.r4.js';
import type { R4Profile } from './fhir-profile.js';
import type { FhirResource } from './fhir-resource.js';
import { locationR4 } from './location.r4.js';
import { observationR4 } from './observation.r4.js';
import { patientR4 } from './patient.r4.js';
import { personR4 } from './person.r4.js';
import { practitionerR4 } from './practitioner.r4.js';
import { relatedPersonR4 } from './related-person.r4.js';
import { taskR4 } from './task.r4.js';

const R4: readonly FhirResource[] = [
  patientR4,
  personR4,
  locationR4,
  encounterR4,
  observationR4,
  practitionerR4,
  relatedPersonR4,
  allergyIntoleranceR4,
  conditionR4,
  diagnosticReportR4,
  taskR4,
];

/** As that release has it. */
function asThere(resource: FhirResource, profile: R4Profile): FhirResource {
  const lacks = resource.lacks?.({ profile }) ?? [];
  const { create, update, remove, ...rest } = resource;
  return {
    ...rest,
    ...(create && !lacks.includes('create') ? { create } : {}),
    ...(update && !lacks.includes('update') ? { update } : {}),
    ...(remove && !lacks.includes('remove') ? { remove } : {}),
  };
}

/** Types that a release of openmrs-module-fhir2 answers for, by name. */
export const typesOf = (profile: R4Profile): ReadonlyMap<string, FhirResource> =>
  new Map(R4.filter((resource) => resource.lacks?.({ profile }).includes('read') !== true).map((resource) => [resource.type, asThere(resource, profile)]));
