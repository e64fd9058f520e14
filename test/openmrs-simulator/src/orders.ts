import type { Row } from './database.js';
import { saveOrder, unvoidOrder, voidOrder } from './order-saving.js';
import { each, type Field, type Node, one, type Resource, type ResourceName, resource, type Site, text, words } from './resource.js';
import { conversion } from './rest-error.js';

const OF_EVERY =
  'orderNumber accessionNumber patient concept action careSetting previousOrder dateActivated scheduledDate dateStopped autoExpireDate encounter orderer orderReason orderReasonNonCoded orderType urgency instructions commentToFulfiller';
const OF_DRUGS =
  'drug dosingType dose doseUnits asNeeded asNeededCondition quantity quantityUnits numRefills dosingInstructions duration durationUnits route brandName dispenseAsWritten drugNonCoded';
const OF_TESTS = 'specimenSource laterality clinicalHistory numberOfRepeats';
const OF_BOTH = 'frequency';
/** Types as REST calls them (`getTypeName` of the subclass handlers), and the keys that only theirs have. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  order: [],
  drugorder: words(`${OF_DRUGS} ${OF_BOTH}`),
  testorder: words(`${OF_TESTS} ${OF_BOTH}`),
};
const SPECIAL = words(`${OF_DRUGS} ${OF_TESTS} ${OF_BOTH}`);

const FIELDS: Readonly<Record<string, Field>> = {
  ...text(
    'orderNumber accessionNumber action orderReasonNonCoded urgency instructions commentToFulfiller dosingType asNeededCondition dosingInstructions brandName drugNonCoded laterality clinicalHistory fulfillerStatus fulfillerComment',
  ),
  ...each('dateActivated scheduledDate dateStopped autoExpireDate', { is: 'instant' }),
  ...each('dose quantity numRefills duration numberOfRepeats', { is: 'number' }),
  ...each('asNeeded dispenseAsWritten', { is: 'boolean' }),
  ...each('concept orderReason doseUnits quantityUnits durationUnits route specimenSource', one('concept')),
  ...{ patient: one('patient'), encounter: one('encounter'), orderer: one('provider'), careSetting: one('caresetting'), orderType: one('ordertype') },
  ...{ previousOrder: one('order'), drug: one('drug'), frequency: one('orderfrequency') },
  type: { is: 'choice', from: Object.keys(KEYS).map((type) => type.toUpperCase()) },
};

/** What a key holds, of the types that have it; `undefined` is no key. */
const onlyOfItsTypes =
  (key: string) =>
  ({ values }: Row, site: Site): Node => {
    if (!KEYS[String(values['type'])]?.includes(key)) return undefined;
    const field = FIELDS[key];
    const value = values[key] ?? null;
    if (field?.is !== 'one') return value;
    const row = site.database.find(field.of === 'patient' ? 'person' : field.of, value as string | null);
    return row ? { row, as: field.of as ResourceName } : null;
  };

const shown = (how: (key: string) => string): string =>
  words(`${OF_EVERY} ${SPECIAL.join(' ')}`)
    .map(how)
    .join(' ');
const refs = new Set(words('patient previousOrder encounter orderer orderReason drug frequency concept'));

const order = resource({
  name: 'order',
  javaClass: 'org.openmrs.Order',
  life: 'voided',
  version: '1.10',
  privileges: { get: 'Get Orders', add: 'Add Orders', edit: 'Edit Orders', remove: 'Delete Orders', purge: 'Purge Orders' },
  fields: FIELDS,
  standard: `uuid display ${shown((key) => (FIELDS[key]?.is === 'one' && key !== 'orderType' ? `${key}:ref` : key))} type`,
  full: `uuid display ${shown((key) => (refs.has(key) ? `${key}:ref` : key))} fulfillerStatus fulfillerComment auditInfo type`,
  // `type` first: it says which keys there are. `orderNumber` and `dateStopped` have no setter (`org.openmrs.Order`).
  create: ['type', ...words(`${OF_EVERY} fulfillerStatus fulfillerComment`).filter((key) => key !== 'orderNumber' && key !== 'dateStopped'), ...SPECIAL],
  required: words('type encounter'),
  update: [],
  defaults: { action: 'NEW', urgency: 'ROUTINE' },
  display: ({ values }, site) => `(${String(values['action'])}) ${String(site.database.find('concept', String(values['concept']))?.values['name'] ?? 'null')}`,
  reads: Object.fromEntries(SPECIAL.map((key) => [key, onlyOfItsTypes(key)])),
  sets: {
    type: (writer, target, posted) => {
      if (typeof posted !== 'string' || !(posted in KEYS)) throw conversion('No handler for that type');
      writer.tx.set(target, { type: posted, ...(posted === 'drugorder' ? { asNeeded: false, dispenseAsWritten: false } : {}) });
    },
  },
  save: (writer, target) => {
    const { type } = writer.tx.now(target).values;
    const foreign = SPECIAL.filter((key) => !KEYS[String(type)]?.includes(key) && (writer.tx.now(target).values[key] ?? null) !== null);
    if (foreign.length > 0) throw conversion(`Some properties are not allowed to be set: ${foreign.join(', ')}`);
    if (writer.isNew(target)) saveOrder(writer, target);
  },
  voids: voidOrder,
  unvoids: unvoidOrder,
});

export const ordersTable: readonly Resource[] = [order];
