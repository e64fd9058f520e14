import type { Ref, Row } from './database.js';
import { live } from './parts.js';
import { each, one, type Resource, resource, type Site, words } from './resource.js';
import { serverError, Validation } from './rest-error.js';
import type { Writer } from './writer.js';

function givenName(site: Site, person: unknown): string {
  const row = site.database.find('person', String(person));
  return String((row ? live(site.database, row, 'personname')[0]?.values['givenName'] : undefined) ?? 'null');
}

/** `PersonServiceImpl.saveRelationship`, and `RelationshipValidator` as far as the platform has it. */
function saveRelationship(writer: Writer, target: Ref): void {
  const { site, tx } = writer;
  const { personA, personB, relationshipType, startDate, endDate } = tx.now(target).values;
  if ((personA ?? null) === null || (personB ?? null) === null) throw serverError('null', 'java.lang.NullPointerException:0');
  if ((relationshipType ?? null) === null) throw serverError("could not execute statement; Column 'relationship' cannot be null");
  if (personA === personB) throw serverError("Person A and Person B can't be the same", 'org.openmrs.api.impl.PersonServiceImpl:484');
  const { relationshipDates } = site.profile;
  const errors = new Validation();
  if (relationshipDates !== 'as-they-are' && typeof startDate === 'number' && typeof endDate === 'number' && startDate > endDate)
    errors.reject('Relationship.InvalidEndDate.error');
  if (relationshipDates === 'not-in-future' && typeof startDate === 'number' && startDate > site.now()) errors.reject('error.date.future');
  errors.done();
}

const OWN = 'personA relationshipType personB';
const relationship = resource({
  name: 'relationship',
  javaClass: 'org.openmrs.Relationship',
  life: 'voided',
  version: '1.9',
  listable: true,
  privileges: {
    get: 'Get Relationships',
    add: 'Add Relationships',
    edit: 'Edit Relationships',
    remove: 'Delete Relationships',
    purge: 'Purge Relationships',
  },
  fields: { personA: one('person'), personB: one('person'), relationshipType: one('relationshiptype'), ...each('startDate endDate', { is: 'instant' }) },
  standard: 'uuid display personA:ref relationshipType:ref personB:ref voided startDate endDate',
  full: `uuid display ${OWN} voided auditInfo startDate endDate`,
  create: words(`${OWN} startDate endDate`),
  required: words(OWN),
  update: words('relationshipType startDate endDate voided'),
  display: ({ values }: Row, site) => {
    const type = site.database.find('relationshiptype', String(values['relationshipType']));
    return `${givenName(site, values['personA'])} is the ${String(type?.values['aIsToB'] ?? 'NULL')} of ${givenName(site, values['personB'])}`;
  },
  save: saveRelationship,
});

export const relationshipsTable: readonly Resource[] = [relationship];
