import type { Ref, Row } from './database.js';
import { demoteOthers, inOrder, isBlank, joinAttribute, live } from './parts.js';
import { savePatient, savePerson, validateIdentifier } from './people-saving.js';
import { lookUp, type Node, type ResourceName, resourceOf, type Site } from './resource.js';
import { conversion, serverError, Validation } from './rest-error.js';
import type { Writer } from './writer.js';

/** The person or patient a part belongs to. */
export function ownerOf(writer: Writer, part: Ref): Row {
  const owner = writer.tx.now(part).owner;
  return writer.tx.now({ kind: 'person', uuid: owner ?? '' });
}

export function saveOwner(writer: Writer, part: Ref): void {
  savePerson(writer, ownerOf(writer, part));
}

/** A name that is saved by itself: it joins its person, and who is preferred is settled by core, not by the caller. */
export function saveName(writer: Writer, part: Ref): void {
  if (writer.isNew(part)) writer.tx.touch(ownerOf(writer, part));
  saveOwner(writer, part);
}

/** An address without content is silently not saved; a preferred one demotes the others. */
export function saveAddress(writer: Writer, part: Ref): void {
  const { tx } = writer;
  const owner = ownerOf(writer, part);
  if (writer.isNew(part) && isBlank(tx.now(part))) {
    tx.remove(part);
    return;
  }
  if (writer.isNew(part)) tx.touch(owner);
  if (writer.site.profile.demotesOthers && tx.now(part).values['preferred'] === true) demoteOthers(writer, part, inOrder(tx.database, owner, 'personaddress'));
  savePerson(writer, owner);
}

export function saveAttribute(writer: Writer, part: Ref): void {
  const owner = ownerOf(writer, part);
  if (writer.isNew(part) && !joinAttribute(writer, part, owner)) writer.tx.remove(part);
  savePerson(writer, owner);
}

/** Formats whose values are records: out as a reference, in as a uuid, stored as the local integer id. */
const RECORD_FORMATS: ReadonlyMap<string, ResourceName> = new Map([
  ['org.openmrs.Location', 'location'],
  ['org.openmrs.Concept', 'concept'],
  ['org.openmrs.Person', 'person'],
  ['org.openmrs.Patient', 'patient'],
]);

const formatOf = (row: Row, site: Site): string =>
  String(site.database.find('personattributetype', String(row.values['attributeType']))?.values['format'] ?? '');

/** The record an attribute's value stands for, or null. */
export function attributeTarget(row: Row, site: Site): { row: Row; as: ResourceName } | null {
  const as = RECORD_FORMATS.get(formatOf(row, site));
  if (as === undefined) return null;
  const found = site.database.all(resourceOf(site, as).kind).find(({ serial }) => String(serial) === row.values['value']);
  return found ? { row: found, as } : null;
}

export function attributeValue(row: Row, site: Site): Node {
  const value = row.values['value'] ?? null;
  const format = formatOf(row, site);
  if (format === 'java.lang.Boolean' && typeof value === 'string') return value.toLowerCase() === 'true';
  if (format === 'java.lang.Integer' && typeof value === 'string' && /^-?\d+$/.test(value)) return Number(value);
  const target = attributeTarget(row, site);
  return target ? { ...target, always: 'ref' } : value;
}

export function shownAttribute(row: Row, site: Site): string {
  const type = site.database.find('personattributetype', String(row.values['attributeType']));
  const target = attributeTarget(row, site);
  const value = target ? resourceOf(site, target.as).display(target.row, site) : String(row.values['value'] ?? '');
  return type ? `${String(type.values['name'])} = ${value}` : value;
}

function setType(kind: ResourceName, column: string): (writer: Writer, target: Ref, posted: unknown) => void {
  return (writer, target, posted) => {
    const found = writer.resolve(kind, posted);
    if (!found) throw conversion('null');
    if (writer.isNew(found)) writer.forget(found);
    else writer.tx.set(target, { [column]: found.uuid });
  };
}

/** A uuid of a location is turned into its local id whatever the format; other records only where the format asks for them. */
export function setAttributeValue(writer: Writer, target: Ref, posted: unknown): void {
  const { site, tx } = writer;
  const value = writer.text(posted);
  const as = RECORD_FORMATS.get(formatOf(tx.now(target), site));
  const found = value === null ? null : (site.database.find('location', value) ?? (as === undefined ? null : lookUp(site, resourceOf(site, as), value)));
  tx.set(target, { value: found ? String(found.serial) : value });
}

export const attributeType = setType('personattributetype', 'attributeType');
export const identifierType = setType('patientidentifiertype', 'identifierType');
export const identifierLocation = setType('location', 'location');

/** An identifier saved by itself: validated alone, the patient is not. A preferred one demotes the others. */
export function saveIdentifier(writer: Writer, part: Ref): void {
  const { tx } = writer;
  const owner = ownerOf(writer, part);
  if (writer.site.profile.demotesOthers && tx.now(part).values['preferred'] === true) demoteOthers(writer, part, live(tx.database, owner, 'patientidentifier'));
  if (tx.now(part).values['identifierType'] === undefined) throw serverError('Patient.identifier.null', 'org.openmrs.api.impl.PatientServiceImpl:1262');
  const errors = new Validation();
  validateIdentifier(writer, tx.now(part), errors);
  errors.done();
  if (writer.isNew(part)) tx.touch(owner);
}

/** A purged part is taken out of its owner's collection, and the owner is saved. */
export function dropPart(writer: Writer, part: Row): void {
  const owner = ownerOf(writer, part);
  writer.tx.remove(part);
  writer.tx.touch(owner);
  if (part.kind === 'patientidentifier') savePatient(writer, owner);
  else savePerson(writer, owner);
}
