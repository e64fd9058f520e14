import type { Change, Row } from './database.js';
import type { NewEntry } from './feed-entries.js';

type Saved = 'patient' | 'encounter' | 'appointment';

/** What openmrs-atomfeed's advices write: no action, one bare path with the context in it. Bahmni core sets the encounter's path. */
const ADVICES: Readonly<Record<Saved, Omit<NewEntry, 'tags'>>> = {
  patient: { title: 'Patient', category: 'patient', object: '/openmrs/ws/rest/v1/patient/{uuid}?v=full' },
  // AppointmentAdvice of the appointments module; voids of a series are told too.
  appointment: { title: 'Appointment', category: 'appointments', object: '/openmrs/ws/rest/v1/appointment?uuid={uuid}' },
  encounter: { title: 'Encounter', category: 'Encounter', object: '/openmrs/ws/rest/v1/bahmnicore/bahmniencounter/{uuid}?includeAll=true' },
};

/** Which save a row is a part of: its patient's (names, addresses, attributes, identifiers), or its encounter's (all that hangs on one). */
function savedWith(row: Row): readonly [Saved, string] | null {
  if (row.kind === 'appointment') return ['appointment', row.uuid];
  if (row.kind === 'person') return ['patient', row.uuid];
  if (/^(person(name|address|attribute)|patientidentifier)$/.test(row.kind)) return ['patient', row.owner ?? ''];
  if (row.kind === 'encounter') return ['encounter', row.uuid];
  const encounter = row.kind.startsWith('encounter') ? row.owner : row.values['encounter'];
  return typeof encounter === 'string' ? ['encounter', encounter] : null;
}

/** Voiding, restoring and erasing a patient or an encounter are other methods than saving one, and have no advice. */
const isLifeOrDeath = ({ before, after }: Change): boolean =>
  !after || (before !== null && (before.values['voided'] === true) !== (after.values['voided'] === true));

/**
 * The entries of one transaction at a Bahmni: one for each patient and each encounter that was saved, however much of it
 * changed (`PatientAdvice` and `EncounterSaveAdvice` of openmrs-atomfeed 2.7). Nothing tells of a void, an unvoid, a purge, nor
 * of persons who are no patients, locations or visits.
 */
export function bahmniEntriesOf(changes: readonly Change[], isPatient: (person: string) => boolean): NewEntry[] {
  const saved = new Map<string, NewEntry>();
  const silent = new Set<string>();
  for (const change of changes) {
    const row = change.after ?? change.before;
    const [what, uuid] = (row && savedWith(row)) ?? [null, ''];
    if (row === null || what === null || (what === 'patient' && !isPatient(uuid))) continue;
    if (what !== 'appointment' && row.uuid === uuid && isLifeOrDeath(change)) silent.add(`${what}/${uuid}`);
    const { object, ...advice } = ADVICES[what];
    saved.set(`${what}/${uuid}`, { ...advice, tags: advice.category, object: object.replace('{uuid}', uuid) });
  }
  return [...saved].flatMap(([key, entry]) => (silent.has(key) ? [] : [entry]));
}
