import { Uuid } from '@sync-hub/contracts';
import { z } from 'zod';
import type { Body } from './category-spec.js';
import { defineCategory } from './define-category.js';
import type { ItemContext, ListSpec, ReadItem } from './list.js';
import { RefShape, uuidOfRef } from './read-shape.js';
import { instant, type ScalarKind, text } from './scalars.js';

const SCALARS: Readonly<Record<string, ScalarKind>> = { name: text, description: text };

const MembershipShape = z.looseObject({
  uuid: Uuid.nullish(),
  patientUuid: Uuid.nullish(),
  startDate: instant.shape,
  endDate: instant.shape,
  auditInfo: z.looseObject({}).nullish(),
  counts: z.boolean().optional(),
});

const member = (patient: string, more: Omit<ReadItem, 'key' | 'value' | 'references'>, { canonicalUuid }: ItemContext): ReadItem => {
  const uuid = canonicalUuid('person', patient);
  return { key: uuid, value: true, references: [{ resource: 'patient', uuid, aggregate: 'person' }], ...more };
};

const MEMBERS = { name: 'members', owner: 'cohort', refersTo: ['person'], madeAnew: true, sameKey: 'one-item' } as const;

/**
 * Who is, or was, in it, from openmrs-core 2.1 on: a membership with dates, of which only the stamps say that it is voided (webservices.rest 3.4
 * CohortMembershipResource2_1). Of several of one patient the last counts; whoever goes, goes with all of them (CohortServiceImpl.removePatientFromCohort).
 */
const memberships: ListSpec = {
  ...MEMBERS,
  shape: MembershipShape,
  read: ({ uuid, patientUuid, startDate, endDate, auditInfo, counts }: z.infer<typeof MembershipShape>, context) => {
    if (typeof patientUuid !== 'string' || auditInfo === null || auditInfo === undefined || startDate === undefined || endDate === undefined) return 'unknown';
    if ((auditInfo['dateVoided'] ?? null) !== null) return null;
    const fields = { startDate: instant.normalise(startDate), endDate: instant.normalise(endDate) };
    return member(patientUuid, { fields, uuid: uuid ?? undefined, preferred: counts === true }, context);
  },
  body: ({ key, fields: { startDate = null, endDate = null } }, localUuid) => ({
    patientUuid: localUuid('person', key),
    ...(startDate === null ? {} : { startDate: instant.encode(startDate) }),
    ...(endDate === null ? {} : { endDate: instant.encode(endDate) }),
  }),
  written: { by: 'item', path: 'membership', afterCreate: true },
  fields: ['startDate', 'endDate'],
  // As core did when it brought in dates (liquibase-update-to-2.1.xml): whoever is in it with no date is in it since it was made. No row is without one.
  bornWith: ({ provenance: { dateCreated } }) => (dateCreated === null ? {} : { startDate: instant.encode(dateCreated) }),
  told: () => ['startDate', 'endDate'],
  onlyWhere: ({ hasMemberships }) => hasMemberships,
};

const MemberShape = z.looseObject({ patient: RefShape });

/** Who is in it, before openmrs-core 2.1: a patient, known by the patient's uuid, and nothing else (webservices.rest 2.12 to 2.49 CohortMemberResource1_8). */
const members: ListSpec = {
  ...MEMBERS,
  shape: MemberShape,
  read: ({ patient }: z.infer<typeof MemberShape>, context) => member(uuidOfRef(patient), { uuid: uuidOfRef(patient) }, context),
  body: ({ key }, localUuid) => ({ patient: localUuid('person', key) }),
  written: { by: 'item', path: 'member', afterCreate: true },
  // That it names something else says that the dates are not told.
  told: () => ['patient'],
  onlyWhere: ({ hasMemberships }) => !hasMemberships,
};

/** Marks the membership of each patient that counts: the one that began last. */
function marked(body: Body): Body {
  const rows = body['members'];
  if (!Array.isArray(rows)) return body;
  const last = new Map<unknown, Body>();
  for (const row of rows.filter(isRow)) {
    const other = last.get(row['patientUuid']);
    if (other === undefined || rankOf(row) > rankOf(other)) last.set(row['patientUuid'], row);
  }
  return { ...body, members: rows.map((row: unknown) => (isRow(row) && last.get(row['patientUuid']) === row ? { ...row, counts: true } : row)) };
}

const isRow = (row: unknown): row is Body => typeof row === 'object' && row !== null && 'patientUuid' in row;

/** Of two that began together the one that is open, or ended last; and always the same one. */
const rankOf = ({ startDate, endDate, uuid, auditInfo }: Body): string =>
  [
    (auditInfo as Body | null | undefined)?.['dateVoided'] ? '0' : '1',
    String(instant.normalise(startDate) ?? ''),
    String(instant.normalise(endDate) ?? '9'),
    String(uuid),
  ].join(' ');

/**
 * A list of patients. Members are named by their uuids and told by a list of their own; `memberIds`, which are numbers of the database, are sent empty,
 * because a create must name them (webservices.rest 2.12 to 3.4 CohortResource1_8, CohortResource2_1). On a link it holds only those whom the child
 * holds, at both ends. A description is never null (openmrs-core CohortServiceImpl.saveCohort).
 */
export const cohort = defineCategory({
  name: 'cohort',
  title: 'Cohort',
  openmrsClass: 'org.openmrs.Cohort',
  aggregate: 'cohort',
  feeds: ['cohort'],
  flows: 'both-ways',
  resource: 'cohort',
  owners: [{ owner: 'cohort', at: 'body' }],
  deleted: 'voided',
  toldWhenDeleted: false,
  scalars: SCALARS,
  scalarsOn: () => Object.keys(SCALARS),
  lists: [memberships, members],
  unfold: marked,
  listedApart: {
    list: 'members',
    path: ({ hasMemberships }) => (hasMemberships ? 'membership?v=custom:(uuid,patientUuid,startDate,endDate,auditInfo)' : 'member?v=custom:(patient:(uuid))'),
  },
  onlyHeld: 'members',
  representation: () => 'custom:(uuid,name,description,voided,auditInfo)',
  telltale: 'name',
  requires: ['name'],
  saidEmpty: ['description'],
  madeWith: { memberIds: [] },
  cannotRestore: () => 'webservices.rest has no request that brings a cohort back (2.12 to 3.4 CohortResource1_8, BaseDelegatingResource.undelete)',
});
