import type { Ref, Row } from './database.js';
import { live } from './parts.js';
import { each, type Node, one, type Resource, resource, type Site, text, words } from './resource.js';
import { conversion, serverError } from './rest-error.js';
import { isObject, type Writer } from './writer.js';

const PRIVILEGES = { get: 'Get Patient Cohorts', add: 'Add Cohorts', edit: 'Edit Cohorts', remove: 'Delete Cohorts', purge: 'Purge Cohorts' };

const hasMemberships = (site: Site): boolean => site.resources.has('cohortmembership');
const membersOf = (row: Row, site: Site): readonly Row[] => (['cohortmember', 'cohortmembership'] as const).flatMap((kind) => live(site.database, row, kind));
const serialOf = (site: Site, patient: unknown): number | undefined => site.database.find('person', String(patient))?.serial;

/** Local ids of patients; since 2.1 of a cohort without memberships alone (`Cohort.setMemberIds`). */
function setMemberIds({ tx, site }: Writer, target: Ref, posted: unknown): void {
  if (!Array.isArray(posted)) throw conversion('Can only convert a Collection to a Collection/Array');
  for (const id of posted) {
    const patient = site.database.all('person').find(({ serial }) => serial === id);
    if (patient === undefined) throw conversion(`no patient ${String(id)}`);
    const dates = hasMemberships(site) ? { startDate: site.now(), endDate: null } : {};
    tx.insert(hasMemberships(site) ? 'cohortmembership' : 'cohortmember', site.random.uuid(), target.uuid, {
      patient: patient.uuid,
      voided: false,
      ...dates,
    });
  }
}

/** `CohortResource1_8`, and `CohortResource2_1` which tells the number of members in place of their ids, and still takes these. */
const cohort = resource({
  name: 'cohort',
  javaClass: 'org.openmrs.Cohort',
  life: 'voided',
  privileges: PRIVILEGES,
  listable: true,
  alsoFoundBy: 'name',
  fields: text('name description', 1000),
  standard: 'uuid display name description voided memberIds size',
  full: 'uuid display name description memberIds voided size auditInfo',
  create: words('name description memberIds'),
  required: words('name description memberIds'),
  update: words('name description'),
  staysDeleted: 'refused',
  parts: ['cohortmember', 'cohortmembership'],
  display: ({ values }) => String(values['name'] ?? ''),
  reads: {
    memberIds: (row, site) => (hasMemberships(site) ? undefined : { json: membersOf(row, site).map(({ values }) => serialOf(site, values['patient'])) }),
    size: (row, site) => (hasMemberships(site) ? membersOf(row, site).length : undefined),
  },
  sets: { memberIds: setMemberIds },
});

/** The cohort is saved with whoever comes or goes, and stamped (`CohortMemberResource1_8.addMemberToCohort`, `CohortMembershipResource2_1.save`, core AuditableSaveHandler). */
function saveCohort({ tx, site, author }: Writer, target: Ref): void {
  const owner = tx.now(target).owner;
  if (owner !== null) tx.set({ kind: 'cohort', uuid: owner }, { changedBy: author, dateChanged: site.now() });
  if (owner !== null) tx.touch({ kind: 'cohort', uuid: owner });
}

/** `CohortMemberResource1_8`: a patient in a cohort, before core 2.1. */
const member = resource({
  name: 'cohortmember',
  javaClass: 'org.openmrs.module.webservices.rest.web.v1_0.wrapper.openmrs1_8.CohortMember1_8',
  life: 'voided',
  under: { parent: 'cohort', path: 'member' },
  knownBy: 'patient',
  privileges: PRIVILEGES,
  fields: { patient: one('patient') },
  standard: 'display patient',
  full: 'display patient',
  create: words('patient'),
  required: words('patient'),
  display: () => '',
  save: saveCohort,
});

function setPatient({ tx, site }: Writer, target: Ref, posted: unknown): void {
  const uuid = isObject(posted) ? posted['uuid'] : posted;
  tx.set(target, { patient: site.database.find('person', String(uuid))?.uuid ?? null });
}

/** `CohortMembershipResource2_1`: of all that a cohort ever had; that one is voided is only in its stamps (`doGetAll`, `getRepresentationDescription`). */
const membership = resource({
  name: 'cohortmembership',
  javaClass: 'org.openmrs.CohortMembership',
  life: 'voided',
  version: '2.1',
  under: { parent: 'cohort', path: 'membership' },
  privileges: PRIVILEGES,
  fields: { patient: one('patient'), ...each('startDate endDate', { is: 'instant' }) },
  standard: 'uuid display startDate endDate patientUuid',
  full: 'uuid display startDate endDate patientUuid auditInfo',
  create: words('patientUuid startDate endDate'),
  required: words('patientUuid'),
  update: words('startDate endDate'),
  display: () => 'Patient in cohort (see link with rel=patient)',
  reads: { patientUuid: ({ values }: Row): Node => values['patient'] ?? null },
  sets: { patientUuid: setPatient },
  // The resource makes one without a start, which the database refuses (`CohortMembershipResource2_1.newDelegate`, core liquibase-update-to-2.1.xml).
  save: (writer, target) => {
    if ((writer.tx.now(target).values['startDate'] ?? null) === null) throw serverError('could not execute statement');
    saveCohort(writer, target);
  },
});

export const cohortsTable: readonly Resource[] = [cohort, member, membership];
