import type { Kind, Reference } from '../canonical.js';
import { kindBehind } from '../metadata-references.js';
import type { UuidTranslation } from '../platform.js';
import { type ScalarKind, text } from '../scalars.js';

/** What resources of fhir2 are in OpenMRS; several where fhir2 tells them as one (EncounterFhirResourceProvider, FhirPractitionerServiceImpl, FhirConditionServiceImpl). */
const BEHIND: Readonly<Record<string, readonly [Kind, ...Kind[]]>> = {
  Patient: [{ resource: 'patient', aggregate: 'person' }],
  Person: [{ resource: 'person', aggregate: 'person' }],
  RelatedPerson: [{ resource: 'relationship', aggregate: 'relationship' }],
  Practitioner: [
    { resource: 'provider', aggregate: null },
    { resource: 'user', aggregate: null },
  ],
  Location: [{ resource: 'location', aggregate: 'location' }],
  Encounter: [
    { resource: 'encounter', aggregate: 'encounter' },
    { resource: 'visit', aggregate: 'visit' },
  ],
  Observation: [{ resource: 'obs', aggregate: 'obs' }],
  Immunization: [{ resource: 'obs', aggregate: 'obs' }],
  ServiceRequest: [{ resource: 'order', aggregate: 'order' }],
  MedicationRequest: [{ resource: 'order', aggregate: 'order' }],
  MedicationDispense: [{ resource: 'medicationdispense', aggregate: 'medicationdispense' }],
  Medication: [{ resource: 'drug', aggregate: null }],
  Condition: [
    { resource: 'condition', aggregate: 'condition' },
    { resource: 'patientdiagnoses', aggregate: 'diagnosis' },
  ],
  AllergyIntolerance: [{ resource: 'allergy', aggregate: 'allergy' }],
  DiagnosticReport: [{ resource: 'diagnosticreport', aggregate: 'diagnosticreport' }],
  EpisodeOfCare: [{ resource: 'programenrollment', aggregate: 'programenrollment' }],
  Group: [{ resource: 'cohort', aggregate: 'cohort' }],
  Task: [{ resource: 'task', aggregate: 'task' }],
};

/** `Type/id`, and nothing before or after it: what stands at another server, or is a version, is no record of ours. */
const OWN = /^([A-Z][A-Za-z]+)\/([^/#?\s]+)$/;

interface Pointed {
  readonly type: string;
  readonly uuid: string;
  readonly kinds: readonly [Kind, ...Kind[]];
}

function pointedIn(pointer: string): Pointed | null {
  const [, type = '', uuid] = OWN.exec(pointer) ?? [];
  const kinds = BEHIND[type];
  return uuid === undefined || kinds === undefined ? null : { type, uuid, kinds };
}

/** Everything of OpenMRS that a reference of FHIR may lead to. */
export const POINTED_KINDS: readonly Kind[] = Object.values(BEHIND).flat();

/** The reference with the uuid that its record has elsewhere; as it is where it leads to nothing of OpenMRS. */
export function movedPointer(pointer: string, elsewhere: UuidTranslation): string {
  const pointed = pointedIn(pointer);
  if (pointed === null) return pointer;
  const aggregates = pointed.kinds.flatMap((kind) => kindBehind(kind) ?? []);
  const uuid = aggregates.map((aggregate) => elsewhere(aggregate, pointed.uuid)).find((own) => own !== pointed.uuid);
  return uuid === undefined ? pointer : `${pointed.type}/${uuid}`;
}

/** What a reference leads to; `null` where that is nothing of OpenMRS. Nobody checks it: fhir2 keeps the text (ReferenceTranslatorImpl, FhirReference). */
export function leadOf(pointer: string): Omit<Reference, 'path'> | null {
  const pointed = pointedIn(pointer);
  if (pointed === null) return null;
  const [first, ...orElse] = pointed.kinds;
  return { ...first, uuid: pointed.uuid, orElse };
}

/** A reference as text, `ServiceRequest/<uuid>`: to resources of these types, or to whatever it is. One to another type leads nowhere. */
export function pointerTo(...types: readonly string[]): ScalarKind {
  const fits = (pointer: string): boolean => types.length === 0 || types.some((type) => pointer.startsWith(`${type}/`));
  return {
    ...text,
    pointsTo: {
      moved: (pointer, elsewhere) => (fits(pointer) ? movedPointer(pointer, elsewhere) : pointer),
      leadsTo: (pointer) => (fits(pointer) ? leadOf(pointer) : null),
      kinds: types.length === 0 ? POINTED_KINDS : types.flatMap((type) => BEHIND[type] ?? []),
    },
  };
}
