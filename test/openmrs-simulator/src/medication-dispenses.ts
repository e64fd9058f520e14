import { each, one, type Resource, resource, text, words } from './resource.js';
import { notSupported, serverError } from './rest-error.js';

const REQUIRED = 'patient concept status';
const FORM_FIELDS = 'formFieldNamespace formFieldPath';
const CONCEPTS = 'statusReason type quantityUnits doseUnits route substitutionType substitutionReason';
const OTHERS = 'quantity dose asNeeded dosingInstructions datePrepared dateHandedOver wasSubstituted';
const REFERENCES = 'encounter drug location dispenser drugOrder frequency';
const refs = (keys: string): string =>
  words(keys)
    .map((key) => `${key}:ref`)
    .join(' ');

const medicationDispense = resource({
  name: 'medicationdispense',
  javaClass: 'org.openmrs.MedicationDispense',
  life: 'voided',
  version: '2.6',
  privileges: {
    get: 'Get Medication Dispense',
    add: 'Edit Medication Dispense',
    edit: 'Edit Medication Dispense',
    remove: 'Edit Medication Dispense',
    purge: 'Delete Medication Dispense',
  },
  fields: {
    ...each(`concept status ${CONCEPTS}`, one('concept')),
    ...{ patient: one('patient'), encounter: one('encounter'), drug: one('drug'), location: one('location'), dispenser: one('provider') },
    ...{ drugOrder: one('order'), frequency: one('orderfrequency') },
    ...each('quantity dose', { is: 'number' }),
    ...each('asNeeded wasSubstituted', { is: 'boolean' }),
    ...each('datePrepared dateHandedOver', { is: 'instant' }),
    ...text(`dosingInstructions ${FORM_FIELDS}`),
  },
  standard: `uuid display ${refs(`${REQUIRED} ${REFERENCES} ${CONCEPTS}`)} ${OTHERS} voided`,
  full: `uuid display patient:ref ${REQUIRED.replace('patient ', '')} ${REFERENCES} ${CONCEPTS} ${OTHERS} ${FORM_FIELDS} voided auditInfo`,
  create: words(`${REQUIRED} ${REFERENCES} ${CONCEPTS} ${OTHERS} ${FORM_FIELDS}`),
  required: words(REQUIRED),
  update: words(`concept status ${REFERENCES} ${CONCEPTS} ${OTHERS} ${FORM_FIELDS} voided`),
  display: ({ values }, site) => `(${String(site.database.find('concept', String(values['status']))?.values['name'] ?? 'null')})`,
  // Nothing is validated; the database asks for what its columns need.
  save: ({ tx }, target) => {
    const missing = words(REQUIRED).find((key) => (tx.now(target).values[key] ?? null) === null);
    if (missing !== undefined) throw serverError(`could not execute statement; Column '${missing}' cannot be null`);
  },
  unvoids: () => {
    throw notSupported('undelete action not yet supported for this resource');
  },
});

export const medicationDispensesTable: readonly Resource[] = [medicationDispense];
