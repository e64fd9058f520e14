import type { Body } from './category-spec.js';
import { defineCategory } from './define-category.js';
import { flag, instant, number, reference, type ScalarKind, text } from './scalars.js';

const concept = reference('concept', null);

const OF_EVERY_ORDER: Readonly<Record<string, ScalarKind>> = {
  type: text,
  patient: reference('patient', 'person'),
  encounter: reference('encounter', 'encounter'),
  previousOrder: reference('order', 'order'),
  action: text,
  concept,
  orderer: reference('provider', null),
  careSetting: reference('caresetting', null),
  orderType: reference('ordertype', null),
  urgency: text,
  dateActivated: instant,
  scheduledDate: instant,
  autoExpireDate: instant,
  orderReason: concept,
  orderReasonNonCoded: text,
  instructions: text,
  commentToFulfiller: text,
  /** Of a drug order, and of a test order. */
  frequency: reference('orderfrequency', null),
};
const OF_A_DRUG_ORDER: Readonly<Record<string, ScalarKind>> = {
  drug: reference('drug', null),
  drugNonCoded: text,
  dosingType: text,
  dose: number,
  doseUnits: concept,
  asNeeded: flag,
  asNeededCondition: text,
  quantity: number,
  quantityUnits: concept,
  numRefills: number,
  dosingInstructions: text,
  duration: number,
  durationUnits: concept,
  route: concept,
  brandName: text,
  dispenseAsWritten: flag,
};
const OF_A_TEST_ORDER: Readonly<Record<string, ScalarKind>> = { specimenSource: concept, laterality: text, clinicalHistory: text, numberOfRepeats: number };
const SCALARS = { ...OF_EVERY_ORDER, ...OF_A_DRUG_ORDER, ...OF_A_TEST_ORDER };

/**
 * What was ordered: a drug, a test or anything else, told apart by its type. None is ever changed: what follows is another order that names the one before
 * it and says what it does to it (REVISE, RENEW, DISCONTINUE), and the server stops that one by itself (openmrs-core 1.10 to 2.8 OrderServiceImpl.saveOrder),
 * so that a chain is repeated link by link and never merged. What servers set themselves is not compared: `orderNumber`, `dateStopped`, and what who
 * carries it out says of it (`accessionNumber`, `fulfillerStatus`, `fulfillerComment`). Nor are groups of orders carried. Every kind has keys of its own, and
 * no others may be asked for, so that all of it is read; `voided` is not among them (webservices.rest 3.4 OrderResource1_10). It goes with its encounter, and
 * comes back with it (EncounterServiceImpl.voidEncounter). Drug and test orders are told by the feed as it comes, under paths that lead nowhere; others only
 * where it is configured (openmrs-module-atomfeed 1.0.13, defaultAtomfeedConfig.json).
 */
export const order = defineCategory({
  name: 'order',
  title: 'Order',
  openmrsClass: 'org.openmrs.Order',
  aggregate: 'order',
  feeds: ['order', 'drug_order', 'test_order'],
  flows: 'both-ways',
  resource: 'order',
  owners: [{ owner: 'order', at: 'body' }],
  deleted: 'voided',
  toldWhenDeleted: false,
  unfold: (body) => ({ ...body, voided: body['voided'] === true || ((body['auditInfo'] ?? {}) as Body)['dateVoided'] != null }),
  scalars: SCALARS,
  scalarsOn: ({ hasNonCodedDrugs }) => Object.keys(SCALARS).filter((name) => name !== 'drugNonCoded' || hasNonCodedDrugs),
  // A search takes one care setting at a time, and answers with an error without (OrderServiceImpl.getOrders).
  hangsOn: { patients: ['patient'], listedBy: 'patient', listedIn: { resource: 'encounter', list: 'orders' } },
  lists: [],
  merges: [{ rule: 'whole' }],
  representation: () => 'full',
  telltale: 'urgency',
  requires: ['type', 'patient', 'encounter', 'concept', 'orderer', 'careSetting', 'orderType', 'action', 'urgency', 'dateActivated'],
  replacedWhenChanged: () => 'no server changes an order (OrderServiceImpl.saveOrder); what follows it is an order of its own',
  cannotRestore: ({ undeletes }) =>
    undeletes ? null : 'webservices.rest before 2.25 has no request for it (RESTWS-702, OrderResource1_10.getUpdatableProperties)',
  unsupported: ({ hasOrderEntry }) => (hasOrderEntry ? null : 'orders of openmrs-core before 1.10 have no action, care setting or chain (OrderResource1_8)'),
});
