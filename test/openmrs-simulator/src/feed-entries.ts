import type { Change, Kind, Row } from './database.js';
import { hashSetOrder } from './java.js';

interface FeedConfiguration {
  readonly title: string;
  readonly category: string;
  /** Path templates with `{uuid}` and, for parts, `{parent-uuid}`. */
  readonly rest: string;
  readonly fhir?: string;
}

/** `defaultAtomfeedConfig.json` of the generic module, for what the simulator holds and what is enabled there. */
const CONFIGURATION: Partial<Record<Kind | 'patient' | 'drugorder' | 'testorder', FeedConfiguration>> = {
  location: { title: 'Location', category: 'location', rest: '/ws/rest/v1/location/{uuid}?v=full', fhir: '/ws/fhir/Location/{uuid}' },
  personaddress: { title: 'PersonAddress', category: 'person_address', rest: '/ws/rest/v1/person/{parent-uuid}/address/{uuid}?v=full' },
  personname: { title: 'PersonName', category: 'person_name', rest: '/ws/rest/v1/person/{parent-uuid}/name/{uuid}?v=full' },
  patientidentifier: { title: 'PatientIdentifier', category: 'patient_identifier', rest: '/ws/rest/v1/patient/{parent-uuid}/identifier/{uuid}?v=full' },
  personattribute: { title: 'PersonAttribute', category: 'person_attribute', rest: '/ws/rest/v1/person/{parent-uuid}/attribute/{uuid}?v=full' },
  person: { title: 'Person', category: 'person', rest: '/ws/rest/v1/person/{uuid}?v=full', fhir: '/ws/fhir/Person/{uuid}' },
  patient: { title: 'Patient', category: 'patient', rest: '/ws/rest/v1/patient/{uuid}?v=full', fhir: '/ws/fhir/Patient/{uuid}' },
  encounter: { title: 'Encounter', category: 'encounter', rest: '/ws/rest/v1/encounter/{uuid}?v=full', fhir: '/ws/fhir/Encounter/{uuid}' },
  form: { title: 'Form', category: 'form', rest: '/ws/rest/v1/form/{uuid}?v=full' },
  obs: { title: 'Observation', category: 'observation', rest: '/ws/rest/v1/obs/{uuid}?v=full', fhir: '/ws/fhir/Observation/{uuid}' },
  drugorder: { title: 'DrugOrder', category: 'drug_order', rest: '/ws/rest/v1/drug_order/{uuid}?v=full', fhir: '/ws/fhir/MedicationRequest/{uuid}' },
  testorder: { title: 'TestOrder', category: 'test_order', rest: '/ws/rest/v1/test_order/{uuid}?v=full', fhir: '/ws/fhir/ProcedureRequest/{uuid}' },
  cohort: { title: 'Cohort', category: 'cohort', rest: '/ws/rest/v1/cohort/{uuid}?v=full', fhir: '/ws/fhir/Group/{uuid}' },
  allergy: { title: 'Allergy', category: 'allergy', rest: '/ws/rest/v1/allergy/{uuid}?v=full', fhir: '/ws/fhir/AllergyIntolerance/{uuid}' },
  visit: { title: 'Visit', category: 'visit', rest: '/ws/rest/v1/visit/{uuid}?v=full', fhir: '/ws/fhir/Encounter/{uuid}' },
};

/** What can be published where a site's own `customAtomfeedConfig.json` names it; of the default, only visit types, relationships and enrollments are there, switched off. */
export const PUBLISHABLE = [
  'visittype',
  'encountertype',
  'encounterrole',
  'locationtag',
  'relationshiptype',
  'patientidentifiertype',
  'personattributetype',
  'relationship',
  'programenrollment',
  'condition',
  'patientdiagnoses',
  'medicationdispense',
  'visitattributetype',
  'locationattributetype',
  'providerattributetype',
  'programattributetype',
  'conceptclass',
  'conceptsource',
  'conceptdatatype',
  'caresetting',
  'ordertype',
  'orderfrequency',
  'program',
  'privilege',
  'role',
  'user',
  'systemsetting',
  'provider',
  'conceptreferenceterm',
  'drug',
  'concept',
  'form',
  'appointment',
] as const satisfies readonly Kind[];
export type Publishable = (typeof PUBLISHABLE)[number];
/** A numeric concept is of a class of its own, and told of where that is named too. */
export type Published = Publishable | 'conceptnumeric';

/** Categories that are not called as their resource is. */
const CALLED: Partial<Record<Publishable, string>> = { patientdiagnoses: 'diagnosis', appointment: 'appointments' };

const configuredFeed = (kind: Publishable): FeedConfiguration => ({
  title: kind,
  category: CALLED[kind] ?? kind,
  rest: kind === 'appointment' ? '/ws/rest/v1/appointments/{uuid}' : `/ws/rest/v1/${kind}/{uuid}?v=full`,
});

const ACTIONS = ['DELETED', 'CREATED', 'UPDATED', 'RETIRED', 'UNRETIRED', 'VOIDED', 'UNVOIDED'] as const;
type Action = (typeof ACTIONS)[number];

/** What is put into the outbox of the feed for one entry. */
export interface NewEntry {
  readonly title: string;
  readonly category: string;
  readonly tags: string;
  readonly object: string;
}

function flipped(before: Row, after: Row, key: 'voided' | 'retired'): Action[] {
  const [was, is] = [before.values[key] === true, after.values[key] === true];
  if (was === is) return [];
  if (key === 'voided') return [is ? 'VOIDED' : 'UNVOIDED'];
  return [is ? 'RETIRED' : 'UNRETIRED'];
}

function actionsOf({ before, after }: Change): Action[] {
  if (!after) return ['DELETED'];
  if (!before) return ['CREATED'];
  return ['UPDATED', ...flipped(before, after, 'voided'), ...flipped(before, after, 'retired')];
}

/**
 * The entries of one transaction: by action in a fixed order, and within one action in the order of a `HashSet`.
 * A patient's person data is announced as `patient`, never as `person` (the class must match exactly). `also` is what this site publishes beside the default.
 */
export function entriesOf(changes: readonly Change[], also: readonly Published[] = []): NewEntry[] {
  const events = changes.map((change) => ({ row: change.after ?? change.before, actions: actionsOf(change) }));
  return ACTIONS.flatMap((action) => {
    const rows = events.flatMap(({ row, actions }) => (row && actions.includes(action) ? [row] : []));
    return hashSetOrder(rows, ({ uuid }) => uuid).flatMap((row) => entryFor(row, action, also));
  });
}

/** What the class of a row is told as: it must match exactly, so that a subclass is not told as what it is a kind of. */
function classOf({ kind, values }: Row): keyof typeof CONFIGURATION {
  if (kind === 'person' && values['isPatient'] === true) return 'patient';
  if (kind === 'order' && (values['type'] === 'drugorder' || values['type'] === 'testorder')) return values['type'];
  return kind;
}

function entryFor(row: Row, action: Action, also: readonly Published[]): NewEntry[] {
  const isNumeric = row.kind === 'concept' && row.values['datatype'] === 'Numeric';
  const published = PUBLISHABLE.find((kind) => kind === row.kind && also.includes(isNumeric ? 'conceptnumeric' : kind));
  const own = CONFIGURATION[classOf(row)];
  const feed = published === undefined ? own : configuredFeed(published);
  if (!feed) return [];
  const fill = (template: string): string => template.replace('{uuid}', row.uuid).replace('{parent-uuid}', row.owner ?? '');
  const links = { rest: fill(feed.rest), ...(feed.fhir === undefined ? {} : { fhir: fill(feed.fhir) }) };
  return [{ title: feed.title, category: feed.category, tags: `${feed.category},${action}`, object: JSON.stringify(links) }];
}
