import type { Mutation } from './mutation.js';

const ORDER_SPEC = 'libs/categories/src/order.category.spec.ts';
const CONDITION_SPEC = 'libs/categories/src/condition.category.spec.ts';

/** What is kept as a list of a patient: servers write such rows anew, and only what says the same may follow. */
export const CLINICAL_LISTS: readonly Mutation[] = [
  {
    name: 'what a server would make anew under a uuid of its own is not changed there',
    invariants: [8, 4],
    file: 'libs/categories/src/plan-steps.ts',
    text: 'if (reason !== null && writes.fields.size > 0)',
    instead: 'if (reason !== null && writes.fields.size < 0)',
    red: { file: CONDITION_SPEC, test: 'a decoded condition is not touched where the server would make another of it' },
  },
  {
    name: 'an object that holds several fields is sent whole',
    invariants: [4],
    file: 'libs/categories/src/nested-scalars.ts',
    text: 'const value = wanted[name] ?? null;',
    instead: 'const value = flat[name] ?? null;',
    red: { file: CONDITION_SPEC, test: 'a decoded condition is changed in place, its object as a whole' },
  },
  {
    name: 'an object that is not told is not taken for an empty one',
    invariants: [4],
    file: 'libs/categories/src/nested-scalars.ts',
    text: 'return holder === null || holder === undefined ? undefined : (holder[name] ?? null);',
    instead: 'return holder?.[name] ?? null;',
    red: { file: CONDITION_SPEC, test: 'a decoded condition says nothing of what it is where the object is not there' },
  },
  {
    name: 'an order is voided where only its stamps say so',
    invariants: [3],
    file: 'libs/categories/src/order.category.ts',
    text: "voided: body['voided'] === true || ((body['auditInfo'] ?? {}) as Body)['dateVoided'] != null",
    instead: "voided: body['voided'] === true",
    red: { file: ORDER_SPEC, test: 'a decoded order is voided where its stamps say so' },
  },
  {
    name: 'an order waits for the one that it follows',
    invariants: [6],
    file: 'libs/categories/src/order.category.ts',
    text: "previousOrder: reference('order', 'order'),",
    instead: "previousOrder: reference('order', null),",
    red: { file: ORDER_SPEC, test: 'a decoded order waits for the order that it follows' },
  },
  {
    name: 'what goes with an encounter is known by the uuid that it has everywhere',
    invariants: [4],
    file: 'libs/openmrs/src/rest/dependants.ts',
    text: 'recordKey({ aggregate, uuid: await aliases.toCanonical(aggregate, uuid) })));',
    instead: 'recordKey({ aggregate, uuid })));',
    red: { file: 'test/contract/rest-client-orders.spec.ts', test: 'a site of platform 2.1-old voids one so that what it stopped goes on' },
  },
  {
    name: 'orders of a patient are listed whatever their care setting',
    invariants: [1],
    file: 'libs/openmrs/src/rest/hanging-on.ts',
    text: 'if (listedIn !== undefined) {',
    instead: 'if (listedIn !== undefined && listedWith !== undefined) {',
    red: { file: 'test/contract/rest-client-orders.spec.ts', test: 'a site of platform 2.8 lists all of a patient' },
  },
];
