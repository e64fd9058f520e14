import type { Ref, Row } from './database.js';
import type { Engine } from './engine.js';
import { purge, remove, undelete } from './life.js';
import { patientAuditKeys } from './people.js';
import { auditKeys, type Resource, resourceOf } from './resource.js';
import { conversion, serverError } from './rest-error.js';
import { type Body, isObject, type Writer } from './writer.js';

/** Who asks: author of what is written, and what they may. */
export interface Caller {
  readonly uuid: string;
  /** Clinicians work at the server itself, so a test may choose their uuids on any platform. */
  readonly by: 'client' | 'clinician' | 'task';
  may(privilege: string): boolean;
}

/** To say who made a record, and when (RESTWS-990). */
export const AUDIT_PRIVILEGE = 'Set Audit Data';

function createKeys(engine: Engine, line: Resource, body: Body, caller: Caller): { allowed: string[]; uuid: string } {
  const { profile } = engine;
  const takesUuid = line.name !== 'patient' && (caller.by === 'clinician' || (line.under ? profile.takesUuidOfParts : profile.takesUuid));
  const posted = body['uuid'];
  const audit = profile.takesAuditData && caller.may(AUDIT_PRIVILEGE) ? (line.name === 'patient' ? patientAuditKeys : auditKeys(line.life)) : [];
  return {
    allowed: [...line.create, ...(takesUuid && 'uuid' in body ? ['uuid'] : []), ...audit],
    uuid: takesUuid && typeof posted === 'string' ? posted : engine.random.uuid(),
  };
}

/** The person a patient is made of: of a string the one it names, of an object a new one, or one that the object writes onto. */
function personOf(writer: Writer, posted: unknown): Row {
  if (posted === null || posted === undefined) throw conversion('The person property is missing');
  const found = writer.resolve('person', posted);
  if (!found) throw serverError('attempt to create event with null entity', 'java.lang.IllegalArgumentException:0');
  const person = writer.tx.now(found);
  if (person.values['isPatient'] === true)
    throw serverError(`A different object with the same identifier value was already associated with the session : [org.openmrs.Patient#${person.serial}]`);
  return person;
}

/** POST to a collection. `parent` for a sub-resource. */
export function create(engine: Engine, line: Resource, parent: Row | null, body: Body, caller: Caller): Row {
  return engine.write(caller.uuid, caller.by, (writer) => {
    const { allowed, uuid } = createKeys(engine, line, body, caller);
    if (line.name !== 'patient') {
      const row = writer.create(line, uuid, line.under?.by === undefined ? (parent?.uuid ?? null) : null);
      if (line.under?.by !== undefined) writer.tx.set(row, { [line.under.by]: parent?.uuid ?? null });
      writer.apply(line, row, body, allowed, line.required);
      line.save(writer, row);
      const stands = writer.standsFor(row);
      return engine.database.find(stands.kind, stands.uuid) ?? row;
    }
    const person = personOf(writer, body['person']);
    writer.tx.set(person, { isPatient: true });
    writer.apply(line, person, { ...body, person: '' }, allowed, line.required);
    line.save(writer, person);
    return person;
  });
}

/** POST to a record: only the posted keys. A patient with `person` in the body is written through its person alone. What stands for it afterwards. */
export function update(engine: Engine, line: Resource, row: Row, body: Body, caller: Caller): Ref {
  return engine.write(caller.uuid, caller.by, (writer) => {
    const person = line.name === 'patient' ? (body['person'] ?? null) : null;
    if (person !== null) {
      if (!isObject(person))
        throw serverError(
          'java.lang.String cannot be cast to java.util.Map',
          'org.openmrs.module.webservices.rest.web.v1_0.resource.openmrs1_8.PatientResource1_8:422',
        );
      const personLine = resourceOf(engine, 'person');
      writer.apply(
        personLine,
        row,
        person,
        personLine.update.filter((key) => key !== 'voided'),
        [],
      );
    } else writer.apply(line, row, body, line.update, []);
    // openmrs-core 1.9 to 2.x, VoidSaveHandler: of what is saved with `voided: false`. Its parts keep theirs, for no UnvoidHandler is asked (RequiredDataAdvice).
    const { voided, dateVoided } = writer.tx.now(row).values;
    if (voided === false && (dateVoided ?? null) !== null) writer.tx.set(row, { voidedBy: null, dateVoided: null, voidReason: null });
    line.save(writer, row);
    return writer.standsFor(row);
  });
}

export function restore(engine: Engine, line: Resource, row: Row, caller: Caller): void {
  engine.write(caller.uuid, caller.by, (writer) => undelete(writer, line, row));
}

/** DELETE: void, retire, or with `erase` purge. */
export function take(engine: Engine, line: Resource, row: Row, how: { readonly erase: boolean; readonly reason: string }, caller: Caller): void {
  engine.write(caller.uuid, caller.by, (writer) => (how.erase ? purge(writer, line, row) : remove(writer, line, row, how.reason)));
}
