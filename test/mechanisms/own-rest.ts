import type { Mutation } from './mutation.js';

const UNIT = 'libs/categories/src/appointment.category.spec.ts';
const CONTRACT = 'test/contract/rest-client-appointments.spec.ts';
const END_TO_END = 'test/end-to-end/appointments.int.spec.ts';

/** Kinds of record that a module's own REST knows. */
export const OWN_REST: readonly Mutation[] = [
  {
    name: 'a body for a module that empties what it is not told says all again',
    invariants: [4, 5],
    file: 'libs/categories/src/own-rest.ts',
    text: 'const wanted = overlay(isThere ? held.fields : {}, writes);',
    instead: 'const wanted = overlay({}, writes);',
    red: { file: UNIT, test: 'a write of an appointment says all that stands there again' },
  },
  {
    name: 'an empty 404 of a module is a record that is not there, and no server that is down',
    invariants: [1],
    file: 'libs/openmrs/src/rest/rest-resources.ts',
    text: 'if (answer.status === 404 && answer.bytes.length === 0) return null;',
    instead: '',
    red: { file: CONTRACT, test: 'appointments at a site of platform 2.8 are made by one request' },
  },
  {
    name: 'an appointment is for the service of that name, whatever its uuid',
    invariants: [6],
    file: 'libs/openmrs/src/rest/has-reference.ts',
    text: 'return (await servicesByName(site, options))(resource, uuid) !== null;',
    instead: 'return true;',
    red: { file: END_TO_END, test: 'appointments are held where the service is not there by its name' },
  },
  {
    name: 'who was taken away from an appointment is none of its providers, though the module tells of them',
    invariants: [8],
    file: 'libs/categories/src/appointment.category.ts',
    text: "    if (textOf(response) === 'CANCELLED') return null;",
    instead: "    if (textOf(response) === 'CANCELED') return null;",
    red: { file: CONTRACT, test: 'appointments at a site of platform 2.8 are changed by one request' },
  },
  {
    name: 'what a module has no request for is not sent',
    invariants: [4],
    file: 'libs/categories/src/own-rest.ts',
    text: "  if (spec.staysInUse !== undefined && (writes.presence === 'voided'",
    instead: "  if (spec.staysInUse === undefined && (writes.presence === 'voided'",
    red: { file: CONTRACT, test: 'appointments at a site of platform 2.8 are neither voided nor brought back' },
  },
];
