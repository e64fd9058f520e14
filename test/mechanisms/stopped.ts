import type { Mutation } from './mutation.js';

const STOPS = 'libs/persistence/src/repositories/patient-stop.repository.ts';
const SPEC = 'test/pipeline/stopped-patients.int.spec.ts';
const OF = 'a patient whom a person has stopped';

/** Nothing is written of a patient whom a person has stopped, and all of it is once they let her go on. */
export const STOPPED: readonly Mutation[] = [
  {
    name: 'no write of a patient is begun once it is told that she is stopped',
    invariants: [7],
    file: 'libs/persistence/src/repositories/intent.repository.ts',
    text: 'const all = asked.filter(({ id }) => !stopped.has(id));',
    instead: 'const all = asked;',
    red: { file: SPEC, test: `${OF} is stopped between the last reading and the intent` },
  },
  {
    name: 'whose a record is, is asked of the target too',
    invariants: [7],
    file: 'apps/pusher/src/patient-gate.ts',
    text: 'patientsIn(round.incoming, round.held)',
    instead: 'patientsIn(round.incoming)',
    red: { file: SPEC, test: `${OF} is known by what the target has` },
  },
  {
    name: 'a patient is she under either of her uuids',
    invariants: [7],
    file: STOPS,
    text: 'alias.uuid = asked.patient and alias.local_uuid = stop.patient',
    instead: 'alias.uuid = asked.patient and alias.local_uuid = asked.patient',
    red: { file: SPEC, test: `${OF} is she under either of the uuids` },
  },
  {
    name: 'what was held of a patient is woken though nobody woke it',
    invariants: [6],
    file: 'apps/pusher/src/wake-overdue.service.ts',
    text: '...released, ...goOn]',
    instead: '...released, ...goOn.slice(0, 0)]',
    red: { file: SPEC, test: `${OF} goes on though nobody` },
  },
  {
    name: 'a patient whom a person has stopped is not voided for having left',
    invariants: [7],
    file: 'apps/pusher/src/leaving.ts',
    text: 'if (!(await this.hub.repositories.patientStops.lets(tx, link.id, departure.patient))) return false;',
    instead: '',
    red: { file: 'test/pipeline/departures.int.spec.ts', test: 'a patient who leaves is voided no more once a person has stopped her' },
  },
  {
    name: 'nothing is stored of a patient who was erased',
    invariants: [7],
    file: 'libs/persistence/src/repositories/snapshot.repository.ts',
    text: 'where not exists (select from erased) returning id',
    instead: 'where true or exists (select from erased) returning id',
    red: { file: 'test/pipeline/erased-patients.int.spec.ts', test: 'a patient who is erased has nothing stored by a look' },
  },
  {
    name: 'what comes of a patient who was erased is noted, and met anew when she goes on',
    invariants: [1],
    file: 'libs/runtime/src/hub-patient-desk.ts',
    text: 'link === null ? await this.parts.erasures.takeNoted(tx, [patient, told]) : []',
    instead: '[]',
    red: { file: 'test/pipeline/erased-patients.int.spec.ts', test: 'a patient who is erased has nothing stored of what comes of her' },
  },
  {
    name: 'a patient is not erased while something of hers is in hand',
    invariants: [1],
    file: 'libs/runtime/src/hub-patient-desk.ts',
    text: 'if (await erasures.isInHand(tx, records))',
    instead: 'if ((await erasures.isInHand(tx, records)) && records.length === 0)',
    red: { file: 'test/pipeline/erased-patients.int.spec.ts', test: 'a patient who is erased is not erased while' },
  },
];
