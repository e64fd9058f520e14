import type { Ref, Row, Value } from './database.js';
import { dropPart } from './people-parts.js';
import { live } from './parts.js';
import { notSupported, serverError } from './rest-error.js';
import type { Resource, Site } from './resource.js';
import type { Writer } from './writer.js';

function markVoided(writer: Writer, ref: Ref, reason: string): void {
  if (writer.tx.now(ref).values['voided'] === true) return;
  writer.tx.set(ref, { voided: true, voidedBy: writer.author, dateVoided: writer.site.now(), voidReason: reason });
}

function clearMarks(writer: Writer, ref: Ref): void {
  writer.tx.set(ref, { voided: false, voidedBy: null, dateVoided: null, voidReason: null });
}

const hangingOn = (site: Site, kind: 'encounter' | 'visit', patient: Row): Row[] => site.database.all(kind).filter((row) => row.values['patient'] === patient.uuid);

/** A person goes with its parts; a patient's visits go first, with a reason of their own, then encounters (`PatientResource1_9.delete`). */
function voidPerson(writer: Writer, line: Resource, row: Row, reason: string): void {
  const { site, tx } = writer;
  const dependants = row.values['isPatient'] === true ? [...hangingOn(site, 'visit', row), ...hangingOn(site, 'encounter', row)] : [];
  for (const other of dependants) markVoided(writer, other, other.kind === 'visit' ? 'Patient deleted' : reason);
  markVoided(writer, row, reason);
  for (const kind of line.parts) for (const part of tx.database.ownedBy(row.uuid, kind)) markVoided(writer, part, reason);
}

function voidPart(writer: Writer, line: Resource, row: Row, reason: string): void {
  const { tx, site } = writer;
  if (row.kind === 'patientidentifier') {
    const owner = { kind: 'person' as const, uuid: row.owner ?? '' };
    if (live(tx.database, owner, row.kind).every(({ uuid }) => uuid === row.uuid)) throw notSupported('At least one nonvoided Patient Identifier is required');
    return markVoided(writer, row, reason);
  }
  tx.set(row, { voided: true, voidedBy: writer.author, dateVoided: site.now(), voidReason: reason });
  line.save(writer, row);
}

/** DELETE: voids or retires, with whatever goes along. Of a record that is gone already it changes nothing. */
export function remove(writer: Writer, line: Resource, row: Row, reason: string): void {
  if (line.life === 'neither') return purge(writer, line, row);
  if (line.under) return voidPart(writer, line, row, reason);
  if (row.values[line.life] === true) return;
  if (reason.trim() === '') throw serverError("The 'reason' argument is required", 'org.openmrs.api.handler.RequireVoidReasonVoidHandler:41');
  if (line.kind === 'person') return voidPerson(writer, line, row, reason);
  if (line.life === 'voided') return markVoided(writer, row, reason);
  writer.tx.set(row, { retired: true, retiredBy: writer.author, dateRetired: writer.site.now(), retireReason: reason });
  line.save(writer, row);
}

/** `{"deleted":"false"}`: brings back the record and of its parts those that went in the same second. */
export function undelete(writer: Writer, line: Resource, row: Row): void {
  const { tx, site } = writer;
  if (line.under || line.life === 'neither') throw notSupported('undelete action not yet supported for this resource');
  if (row.values[line.life] !== true) return;
  if (line.life === 'retired') {
    tx.set(row, { retired: false, retiredBy: null, dateRetired: null, retireReason: null });
    return line.save(writer, row);
  }
  const { dateVoided, voidedBy } = row.values;
  clearMarks(writer, row);
  const parts = line.parts.flatMap((kind) => tx.database.ownedBy(row.uuid, kind));
  for (const part of parts) if (part.values['dateVoided'] === dateVoided) clearMarks(writer, part);
  const encounters = line.kind === 'person' ? hangingOn(site, 'encounter', row) : [];
  for (const other of encounters) if (other.values['dateVoided'] === dateVoided && other.values['voidedBy'] === voidedBy) clearMarks(writer, other);
  line.save(writer, row);
}

function pointsAt(site: Site, gone: ReadonlySet<string>): boolean {
  const holds = (value: Value | undefined): boolean => (Array.isArray(value) ? value.some((uuid: string) => gone.has(uuid)) : typeof value === 'string' && gone.has(value));
  return [...site.resources.values()].some((line) => Object.entries(line.fields).some(([key, field]) =>
    (field.is === 'one' || field.is === 'many') && site.database.all(line.kind).some((row) => !gone.has(row.uuid) && holds(row.values[field.column ?? key]))));
}

/** `?purge=true`: erases. A location takes its children along; what something else refers to cannot go. */
export function purge(writer: Writer, line: Resource, row: Row): void {
  const { tx, site } = writer;
  if (line.name === 'locationattribute') throw serverError('Cannot purge LocationAttribute', 'java.lang.UnsupportedOperationException:0');
  if (line.under) return dropPart(writer, row);
  const going = [row];
  for (const next of going) if (next.kind === 'location') going.push(...site.database.all('location').filter((child) => child.values['parentLocation'] === next.uuid));
  going.push(...going.flatMap((record) => line.parts.flatMap((kind) => tx.database.ownedBy(record.uuid, kind))));
  if (pointsAt(site, new Set(going.map(({ uuid }) => uuid)))) throw serverError('could not execute statement; Cannot delete or update a parent row: a foreign key constraint fails');
  for (const record of going) tx.remove(record);
}
