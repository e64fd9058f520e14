import type { Ref, Row } from './database.js';
import { nameOf } from './metadata-lines.js';
import { savingBy } from './metadata-saving.js';
import { each, type Node, one, type Resource, type ResourceName, resource, type Site, text, words } from './resource.js';
import { notSupported } from './rest-error.js';
import type { Writer } from './writer.js';

const PRIVILEGES = { get: 'Get Concepts', add: 'Manage Concepts', edit: 'Manage Concepts', remove: 'Manage Concepts', purge: 'Purge Concepts' };
const partsOf =
  (kind: 'drugingredient' | 'drugreferencemap') =>
  (row: Row, site: Site): Node =>
    site.database.ownedBy(row.uuid, kind).map((part) => ({ row: part, as: kind as ResourceName }));

const DOSES = 'maximumDailyDose minimumDailyDose';
const OLD = 'doseStrength units route';
const KEYS = `name ${DOSES} combination strength ${OLD}`;
const drug = resource({
  name: 'drug',
  javaClass: 'org.openmrs.Drug',
  life: 'retired',
  version: '1.12',
  privileges: PRIVILEGES,
  fields: {
    ...text('name strength units'),
    ...each(`${DOSES} doseStrength`, { is: 'number' }),
    ...each('combination', { is: 'boolean' }),
    ...each('concept dosageForm route', one('concept')),
  },
  defaults: { combination: false },
  standard: `display uuid description retired concept:ref dosageForm:ref ${KEYS.replace('route', 'route:ref')} drugReferenceMaps ingredients`,
  full: `display uuid description retired concept dosageForm ${KEYS} auditInfo drugReferenceMaps ingredients`,
  create: words(`description concept dosageForm ${KEYS}`),
  required: words('combination concept name'),
  display: nameOf,
  reads: { drugReferenceMaps: partsOf('drugreferencemap'), ingredients: partsOf('drugingredient'), description: () => null },
  // There is a key for it, and no column.
  sets: { description: () => undefined },
  save: savingBy({
    needs: {},
    check: (row, errors) => {
      if ((row.values['concept'] ?? null) === null) errors.reject('error.null', 'concept');
    },
    lock: { property: 'concepts.locked', always: true },
  }),
});

/** What is saved with its drug is not stored: the collection does not cascade. */
function forget(writer: Writer, target: Ref): void {
  if (writer.isNew(target)) writer.tx.remove(target);
}

const ingredient = resource({
  name: 'drugingredient',
  javaClass: 'org.openmrs.DrugIngredient',
  life: 'neither',
  version: '1.11',
  under: { parent: 'drug', path: 'ingredient' },
  privileges: PRIVILEGES,
  fields: { ingredient: one('concept'), units: one('concept'), ...each('strength', { is: 'number' }) },
  standard: 'display uuid ingredient:ref strength units:ref',
  full: 'display uuid ingredient:ref strength units:ref',
  create: words('ingredient strength units'),
  display: (row, site) => nameOf(site.database.find('concept', String(row.values['ingredient'])) ?? row),
  save: forget,
});

const map = resource({
  name: 'drugreferencemap',
  javaClass: 'org.openmrs.DrugReferenceMap',
  life: 'neither',
  version: '1.10',
  privileges: PRIVILEGES,
  fields: { conceptReferenceTerm: one('conceptreferenceterm'), conceptMapType: one('conceptmaptype') },
  standard: 'display uuid conceptReferenceTerm:ref conceptMapType:ref',
  full: 'display uuid auditInfo conceptReferenceTerm conceptMapType',
  display: nameOf,
  purges: () => {
    throw notSupported();
  },
});

/** What is given to patients, and what is told of it. */
export const drugsTable: readonly Resource[] = [drug, ingredient, map];
