import { defineCategory } from './define-category.js';
import { flag, instant, number, reference, type ScalarKind, text } from './scalars.js';

const concept = reference('concept', null);

const SCALARS: Readonly<Record<string, ScalarKind>> = {
  patient: reference('patient', 'person'),
  encounter: reference('encounter', 'encounter'),
  drugOrder: reference('order', 'order'),
  concept,
  drug: reference('drug', null),
  location: reference('location', 'location'),
  dispenser: reference('provider', null),
  status: concept,
  statusReason: concept,
  type: concept,
  quantity: number,
  quantityUnits: concept,
  dose: number,
  doseUnits: concept,
  route: concept,
  frequency: reference('orderfrequency', null),
  asNeeded: flag,
  dosingInstructions: text,
  datePrepared: instant,
  dateHandedOver: instant,
  wasSubstituted: flag,
  substitutionType: concept,
  substitutionReason: concept,
  formFieldNamespace: text,
  formFieldPath: text,
};
const asked = Object.entries(SCALARS).map(([name, { refersTo }]) => (refersTo === undefined ? name : `${name}:ref`));

/**
 * A medicine that was handed over, or was to be. A server changes it in place (openmrs-core 2.6 to 2.8 MedicationDispenseServiceImpl), all but its patient
 * (webservices.rest 3.4 MedicationDispenseResource2_6.getUpdatableProperties). It waits for the order it was made for, where it names one. Neither a void
 * of its patient nor one of its encounter takes it along: `Encounter` has no list of them. The feed tells of it only where a site's own configuration names
 * the class (openmrs-module-atomfeed 1.0.13, defaultAtomfeedConfig.json has it not).
 */
export const medicationDispense = defineCategory({
  name: 'medicationdispense',
  title: 'Medication dispense',
  openmrsClass: 'org.openmrs.MedicationDispense',
  aggregate: 'medicationdispense',
  feeds: ['medicationdispense'],
  publishedWhereConfigured: true,
  flows: 'both-ways',
  resource: 'medicationdispense',
  owners: [{ owner: 'medicationdispense', at: 'body' }],
  deleted: 'voided',
  toldWhenDeleted: false,
  scalars: SCALARS,
  scalarsOn: () => Object.keys(SCALARS),
  hangsOn: { patients: ['patient'], listedBy: 'patient' },
  fixed: ['patient'],
  lists: [],
  representation: () => `custom:(uuid,${asked.join()},voided,auditInfo)`,
  telltale: 'wasSubstituted',
  requires: ['patient', 'concept', 'status'],
  restoredByItsMark: true,
  unsupported: ({ hasMedicationDispenses }) =>
    hasMedicationDispenses
      ? null
      : 'medication dispenses are kept by openmrs-core 2.6 and newer, and told by webservices.rest 3.4 and newer (MedicationDispenseResource2_6)',
});
