import type { Site } from './resource.js';

/** Settings of openmrs-core that care and metadata depend on, and what they are if no row says otherwise. */
const DEFAULTS = {
  'visits.assignmentHandler': 'org.openmrs.api.handler.ExistingVisitAssignmentHandler',
  'visits.allowOverlappingVisits': 'true',
  'visits.autoCloseVisitType': '',
  'allergy.concept.otherNonCoded': '',
  'concept.true': '',
  'concept.false': '',
  'concepts.locked': 'false',
  'forms.locked': 'false',
  'EncounterType.encounterTypes.locked': 'false',
  'patientIdentifierTypes.locked': 'false',
  'personAttributeTypes.locked': 'false',
} as const;

/** The value of a setting (`GlobalProperty`) at that server. */
export function setting(site: Site, property: keyof typeof DEFAULTS): string {
  const row = site.database.all('systemsetting').find(({ values }) => values['property'] === property);
  return String(row?.values['value'] ?? DEFAULTS[property]);
}
