import type { Aggregate, RecordRef } from '@sync-hub/contracts';
import { allergy } from './allergy.category.js';
import { appointment } from './appointment.category.js';
import { type CanonicalRecord, type RecordCategory, SHAPE_VERSION } from './canonical.js';
import { careSetting } from './caresetting.category.js';
import { cohort } from './cohort.category.js';
import { concept } from './concept.category.js';
import { conceptClass } from './conceptclass.category.js';
import { conceptDatatype } from './conceptdatatype.category.js';
import { conceptReferenceTerm } from './conceptreferenceterm.category.js';
import { conceptSource } from './conceptsource.category.js';
import { condition } from './condition.category.js';
import type { Category } from './define-category.js';
import { diagnosis } from './diagnosis.category.js';
import { diagnosticReport } from './diagnosticreport.category.js';
import { drug } from './drug.category.js';
import { isWrittenLater } from './encode-create.js';
import { encounter } from './encounter.category.js';
import { encounterRole } from './encounterrole.category.js';
import { encounterType } from './encountertype.category.js';
import { form } from './form.category.js';
import { location } from './location.category.js';
import { locationAttributeType } from './locationattributetype.category.js';
import { locationTag } from './locationtag.category.js';
import { medicationDispense } from './medicationdispense.category.js';
import { observation } from './observation.category.js';
import { order } from './order.category.js';
import { orderFrequency } from './orderfrequency.category.js';
import { orderType } from './ordertype.category.js';
import { patient } from './patient.category.js';
import { patientIdentifierType } from './patientidentifiertype.category.js';
import { person } from './person.category.js';
import { personAttributeType } from './personattributetype.category.js';
import { privilege } from './privilege.category.js';
import { program } from './program.category.js';
import { programAttributeType } from './programattributetype.category.js';
import { programEnrollment } from './programenrollment.category.js';
import { provider } from './provider.category.js';
import { providerAttributeType } from './providerattributetype.category.js';
import { relationship } from './relationship.category.js';
import { relationshipType } from './relationshiptype.category.js';
import { role } from './role.category.js';
import type { Writes } from './step.js';
import { systemSetting } from './systemsetting.category.js';
import { task } from './task.category.js';
import { user } from './user.category.js';
import { visit } from './visit.category.js';
import { visitAttributeType } from './visitattributetype.category.js';
import { visitType } from './visittype.category.js';

/** Every category, by name. */
export const CATEGORIES: Readonly<Record<RecordCategory, Category>> = {
  location,
  person,
  patient,
  visit,
  encounter,
  observation,
  relationship,
  programenrollment: programEnrollment,
  condition,
  diagnosis,
  order,
  medicationdispense: medicationDispense,
  allergy,
  diagnosticreport: diagnosticReport,
  task,
  appointment,
  cohort,
  user,
  systemsetting: systemSetting,
  visittype: visitType,
  encountertype: encounterType,
  encounterrole: encounterRole,
  locationtag: locationTag,
  relationshiptype: relationshipType,
  patientidentifiertype: patientIdentifierType,
  personattributetype: personAttributeType,
  visitattributetype: visitAttributeType,
  locationattributetype: locationAttributeType,
  providerattributetype: providerAttributeType,
  programattributetype: programAttributeType,
  conceptclass: conceptClass,
  conceptsource: conceptSource,
  conceptdatatype: conceptDatatype,
  caresetting: careSetting,
  ordertype: orderType,
  orderfrequency: orderFrequency,
  program,
  privilege,
  role,
  provider,
  conceptreferenceterm: conceptReferenceTerm,
  drug,
  concept,
  form,
};

const OF_AGGREGATE: Readonly<Record<Aggregate, readonly [Category, ...Category[]]>> = {
  location: [location],
  person: [patient, person],
  visit: [visit],
  encounter: [encounter],
  obs: [observation],
  relationship: [relationship],
  programenrollment: [programEnrollment],
  condition: [condition],
  diagnosis: [diagnosis],
  order: [order],
  medicationdispense: [medicationDispense],
  allergy: [allergy],
  diagnosticreport: [diagnosticReport],
  task: [task],
  appointment: [appointment],
  cohort: [cohort],
  user: [user],
  systemsetting: [systemSetting],
  visittype: [visitType],
  encountertype: [encounterType],
  encounterrole: [encounterRole],
  locationtag: [locationTag],
  relationshiptype: [relationshipType],
  patientidentifiertype: [patientIdentifierType],
  personattributetype: [personAttributeType],
  visitattributetype: [visitAttributeType],
  locationattributetype: [locationAttributeType],
  providerattributetype: [providerAttributeType],
  programattributetype: [programAttributeType],
  conceptclass: [conceptClass],
  conceptsource: [conceptSource],
  conceptdatatype: [conceptDatatype],
  caresetting: [careSetting],
  ordertype: [orderType],
  orderfrequency: [orderFrequency],
  program: [program],
  privilege: [privilege],
  role: [role],
  provider: [provider],
  conceptreferenceterm: [conceptReferenceTerm],
  drug: [drug],
  concept: [concept],
  form: [form],
};

/** The categories that a record of this aggregate can be, the one to ask for first in front. */
export const categoriesOf = (aggregate: Aggregate): readonly [Category, ...Category[]] => OF_AGGREGATE[aggregate];

/** The category that a feed's category leads to, whatever its case (Bahmni says `Encounter`). `undefined` where it is none of ours. */
export function categoryOfFeed(feedCategory: string): Category | undefined {
  const wanted = feedCategory.trim().toLowerCase();
  return Object.values(CATEGORIES).find(({ feeds }) => feeds.includes(wanted));
}

/** Is it told by fhir2 alone, whoever tells of all else at a site? */
export const isToldByFhirAlone = (feedCategory: string): boolean => categoryOfFeed(feedCategory)?.fhirAlone !== undefined;

/** Does the module publish such a feed only where a site's own configuration of it has the class? */
export const isPublishedWhereConfigured = (feedCategory: string): boolean => categoryOfFeed(feedCategory)?.publishedWhereConfigured === true;

/** The category by which `writes` are written: what stands there, unless a person is to become a patient; for a new record what the source has. */
export function categoryToWrite(held: CanonicalRecord, incoming: CanonicalRecord, writes: Writes): Category {
  const wanted = writes.fields.get('isPatient');
  if (wanted === true) return patient;
  if (held.presence === 'present' || held.presence === 'voided') return CATEGORIES[held.category];
  return wanted === false ? person : CATEGORIES[incoming.category];
}

/** Categories of what hangs on a patient. */
export const CARE_CATEGORIES: readonly RecordCategory[] = Object.values(CATEGORIES)
  .filter(({ hangsOn }) => hangsOn !== undefined)
  .map(({ name }) => name);

/** The patients that a record hangs on, two at most; none for one that hangs on nobody, and for one that tells nothing, being voided. */
export function patientsOf({ category, fields }: Pick<CanonicalRecord, 'category' | 'fields'>): readonly RecordRef[] {
  const uuids = (CATEGORIES[category].hangsOn?.patients ?? []).flatMap((path) => fields[path] ?? []);
  return [...new Set(uuids)].flatMap((uuid) => (typeof uuid === 'string' ? [{ aggregate: 'person' as const, uuid }] : []));
}

/** Whose the record is: herself, or the patients whom it hangs on; of nobody where it is no one's, or tells nothing. */
export const ownersOf = (record: Pick<CanonicalRecord, 'record' | 'category' | 'fields'>): readonly string[] =>
  record.record.aggregate === 'person' ? [record.record.uuid] : patientsOf(record).map(({ uuid }) => uuid);

/** May anything new refer to a record that stands so? A retired place is one still; a voided patient or visit takes nothing new. */
export const takesReferences = (aggregate: Aggregate, presence: CanonicalRecord['presence']): boolean =>
  presence === 'present' || (presence === 'voided' && categoriesOf(aggregate)[0].deleted === 'retired');

/** The lists of a category whose items are written once the record is there. */
export const writtenAfterCreate = (category: RecordCategory): ReadonlySet<string | undefined> =>
  new Set(CATEGORIES[category].lists.filter(isWrittenLater).map(({ name }) => name));

/** What is told of a record that the site does not have. */
export const absentRecord = (record: RecordRef): CanonicalRecord => ({
  record,
  category: (categoriesOf(record.aggregate).at(-1) ?? categoriesOf(record.aggregate)[0]).name,
  shape: SHAPE_VERSION,
  client: 'rest',
  presence: 'absent',
  fields: {},
  covers: [],
  stamp: '',
  references: [],
  itemUuids: {},
  provenance: { creator: null, dateCreated: null, changedBy: null, dateChanged: null },
});
