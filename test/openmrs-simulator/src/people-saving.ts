import type { Database, Kind, Ref, Row } from './database.js';
import { localDate } from './java-time.js';
import { compareParts, demoteOthers, inOrder, isBlank, joinAttribute, live } from './parts.js';
import { words } from './resource.js';
import { conversion, notSupported, Validation } from './rest-error.js';
import type { Writer } from './writer.js';

const year = (ms: number): number => new Date(ms).getUTCFullYear();

/** A list posted through the person: known parts are written onto, new ones join, none goes; all others lose `preferred`. */
function mergeParts(kind: 'personname' | 'personaddress'): (writer: Writer, target: Ref, posted: unknown) => void {
  return (writer, target, posted) => {
    const { tx } = writer;
    const refs = writer.all(kind, posted);
    const wanted = refs.map((ref) => ({ ref, preferred: writer.isNew(ref) && tx.now(ref).values['preferred'] === true }));
    for (const row of inOrder(tx.database, target, kind)) tx.set(row, { preferred: false });
    if (wanted.length === 0 && kind === 'personname') throw conversion('null');
    const chosen = wanted.find(({ preferred }) => preferred) ?? wanted[0];
    for (const { ref } of wanted) {
      tx.set(ref, { preferred: ref === chosen?.ref });
      if (tx.now(ref).owner === target.uuid) continue;
      if (kind === 'personaddress' && isBlank(tx.now(ref))) {
        writer.forget(ref);
        continue;
      }
      tx.adopt(ref, target.uuid);
      if (!writer.isNew(target)) tx.touch(target);
    }
  };
}

export const setNames = mergeParts('personname');
export const setAddresses = mergeParts('personaddress');

/** Matched by type and overwritten in place: the uuid of the posted attribute is lost where one of its type is there. */
export function setAttributes(writer: Writer, target: Ref, posted: unknown): void {
  const { tx } = writer;
  for (const ref of writer.all('personattribute', posted)) {
    const { attributeType, value } = tx.now(ref).values;
    const old = live(tx.database, target, 'personattribute').find((row) => row.values['attributeType'] === attributeType);
    if (!old) {
      if (!joinAttribute(writer, ref, tx.now(target))) writer.forget(ref);
      continue;
    }
    if (value === null || value === undefined) {
      tx.remove(old);
      tx.touch(target);
    } else tx.set(old, { value });
    if (ref.uuid !== old.uuid) writer.forget(ref);
  }
}

export function setAge(writer: Writer, target: Ref, posted: unknown): void {
  if (typeof posted !== 'number' || (writer.tx.now(target).values['birthdate'] ?? null) !== null) return;
  writer.tx.set(target, { birthdate: `${year(writer.site.now()) - posted}-01-01`, birthdateEstimated: true });
}

export function makePreferred(kind: 'personname' | 'personaddress'): (writer: Writer, target: Ref, posted: unknown) => void {
  return (writer, target, posted) => {
    const chosen = writer.resolve(kind, posted);
    if (!chosen) throw conversion('null');
    if (writer.isNew(chosen)) throw notSupported(`Only an existing ${kind === 'personname' ? 'name' : 'address'} can be marked as preferred!`);
    demoteOthers(writer, chosen, inOrder(writer.tx.database, target, kind));
    writer.tx.set(chosen, { preferred: true });
  };
}

export function setIdentifiers(writer: Writer, target: Ref, posted: unknown): void {
  const { tx } = writer;
  const refs = writer.all('patientidentifier', posted);
  if (tx.database.ownedBy(target.uuid, 'patientidentifier').length > 0) throw notSupported('Identifiers can only be set for newly created objects!');
  if (refs.length === 0) throw notSupported('At least one identifier required');
  const preferred = refs.filter((ref) => tx.now(ref).values['preferred'] === true);
  if (preferred.length > 1) throw notSupported('Only one preferred identifier allowed');
  for (const ref of refs) {
    tx.adopt(ref, target.uuid);
    if (preferred.length === 0 && ref === refs[0]) tx.set(ref, { preferred: true });
  }
}

function tooLong(writer: Writer, line: Row, prefix: string, errors: Validation): void {
  const fields = writer.site.resources.get(line.kind)?.fields ?? {};
  for (const [key, field] of Object.entries(fields)) {
    const value = line.values[field.column ?? key];
    if (field.is === 'text' && typeof value === 'string' && value.length > field.max) errors.reject('error.exceededMaxLengthOfField', prefix + key);
  }
}

function validateParts(writer: Writer, person: Row, errors: Validation): void {
  inOrder(writer.tx.database, person, 'personname').forEach((name, index) => {
    if (name.values['voided'] === true) return;
    if (String(name.values['givenName'] ?? '').trim() === '') errors.reject('Patient.names.required.given.family', `names[${index}].givenName`);
    tooLong(writer, name, `names[${index}].`, errors);
  });
  inOrder(writer.tx.database, person, 'personaddress').forEach((address, index) => {
    const { startDate, endDate } = address.values;
    if (typeof startDate === 'number' && startDate > writer.site.now()) errors.reject('PersonAddress.error.startDateInFuture', `addresses[${index}].startDate`);
    if (typeof startDate === 'number' && typeof endDate === 'number' && startDate > endDate)
      errors.reject('PersonAddress.error.endDateBeforeStartDate', `addresses[${index}].endDate`);
    tooLong(writer, address, `addresses[${index}].`, errors);
  });
}

/** `PersonValidator` of openmrs-core 2.x. */
function validatePerson(writer: Writer, person: Row, errors: Validation): void {
  const { voided, birthdate, deathDate, dead, causeOfDeath, causeOfDeathNonCoded } = person.values;
  const { site } = writer;
  validateParts(writer, person, errors);
  if (voided !== true && live(writer.tx.database, person, 'personname').length === 0) errors.reject('Person.shouldHaveAtleastOneNonVoidedName', 'names');
  const today = localDate(site.now(), site.zone);
  if (typeof birthdate === 'string' && birthdate > today) errors.reject('error.date.future', 'birthdate');
  if (typeof birthdate === 'string' && Number(birthdate.slice(0, 4)) < year(site.now()) - 140) errors.reject('error.date.nonsensical', 'birthdate');
  if (typeof deathDate === 'number' && deathDate > site.now()) errors.reject('error.date.future', 'deathDate');
  if (typeof deathDate === 'number' && typeof birthdate === 'string' && localDate(deathDate, site.zone) < birthdate)
    errors.reject('error.deathdate.before.birthdate', 'deathDate');
  if (voided === true && !person.values['voidReason']) errors.reject('error.null', 'voidReason');
  const causes = [causeOfDeath, causeOfDeathNonCoded].filter((cause) => cause !== null && cause !== undefined).length;
  if (dead === true && causes === 0) errors.reject(site.profile.deadWithoutCause, 'causeOfDeath');
  if (dead === true && causes === 2) errors.reject('Person.dead.shouldHaveOnlyOneCauseOfDeathOrCauseOfDeathNonCodedSet', 'causeOfDeath');
  tooLong(writer, person, '', errors);
}

/** `PatientIdentifierValidator`: its codes are whole sentences with the identifier in them. The first that applies, or null. */
function whatIsWrongWith(row: Row, database: Database): string | null {
  const { identifierType, location } = row.values;
  const type = database.find('patientidentifiertype', String(identifierType));
  if (!type) return 'PatientIdentifierType.null';
  const value = String(row.values['identifier'] ?? '');
  if (value.trim() === '') return 'PatientIdentifier.error.nullOrBlank';
  const { format, formatDescription, locationBehavior, uniquenessBehavior } = type.values;
  if (typeof format === 'string' && format !== '' && !new RegExp(`^(?:${format})$`).test(value)) {
    return `Identifier "${value}" does not match : "${String(formatDescription || format)}"`;
  }
  if (!location && locationBehavior !== 'NOT_USED') return `Identifier Location cannot be null for ${value}`;
  const rivals = database
    .holding('patientidentifier', 'identifier', value)
    .filter(({ uuid, values }) => uuid !== row.uuid && values['identifierType'] === identifierType && values['voided'] !== true);
  const elsewhere = rivals.some(
    ({ owner, values }) =>
      owner !== row.owner &&
      database.find('person', owner)?.values['voided'] !== true &&
      (uniquenessBehavior !== 'LOCATION' || values['location'] === location),
  );
  if (uniquenessBehavior !== 'NON_UNIQUE' && elsewhere) return `Identifier ${value} already in use by another patient`;
  const here = rivals.some(({ owner, values }) => owner === row.owner && (uniquenessBehavior === 'UNIQUE' || values['location'] === location));
  return here ? `Identifier ${value} already in use by this patient` : null;
}

export function validateIdentifier(writer: Writer, row: Row, errors: Validation): void {
  const wrong = row.values['voided'] === true ? null : whatIsWrongWith(row, writer.tx.database);
  if (wrong !== null) errors.reject(wrong);
  tooLong(writer, row, '', errors);
}

/** `PatientValidator`: with several identifiers, or none, one must be preferred. */
function validatePatient(writer: Writer, patient: Row, errors: Validation): void {
  if (!patient.values['gender']) errors.reject('Person.gender.required', 'gender');
  const all = inOrder(writer.tx.database, patient, 'patientidentifier');
  const active = patient.values['voided'] === true ? all : all.filter((row) => row.values['voided'] !== true);
  if (active.length !== 1 && !active.some((row) => row.values['preferred'] === true)) errors.reject('error.preferredIdentifier');
  if (errors.clean) for (const row of all) validateIdentifier(writer, row, errors);
}

/**
 * Core's `setPreferredPersonName` and its like: the first live one that is preferred wins, in the order in which the set was
 * loaded; else the first live one is made so. A second one marked preferred by hand is silently undone.
 */
function settlePreferred(writer: Writer, owner: Ref, kind: Kind): void {
  const { tx } = writer;
  const asLoaded = tx.database.ownedBy(owner.uuid, kind).sort((a, b) => compareParts(tx.original(a) ?? a, tx.original(b) ?? b));
  const alive = asLoaded.filter((row) => row.values['voided'] !== true);
  const chosen = alive.find((row) => row.values['preferred'] === true) ?? alive[0];
  for (const row of asLoaded) tx.set(row, { preferred: row.uuid === chosen?.uuid });
}

/** Core's validators alone, as whoever saves past its services asks them too. */
export function refuseWrongPerson(writer: Writer, target: Ref): void {
  const errors = new Validation();
  const person = writer.tx.now(target);
  validatePerson(writer, person, errors);
  if (person.values['isPatient'] === true) validatePatient(writer, person, errors);
  errors.done();
}

/** `PersonService.savePerson`, for a person or for a patient saved through its person. */
export function savePerson(writer: Writer, target: Ref): void {
  const { tx } = writer;
  if (tx.now(target).values['dead'] !== true && (tx.now(target).values['causeOfDeath'] ?? null) !== null) tx.set(target, { causeOfDeath: null });
  for (const name of tx.database.ownedBy(target.uuid, 'personname')) {
    const trimmed = words('givenName middleName familyName familyName2').map((key) => [key, name.values[key]] as const);
    tx.set(name, Object.fromEntries(trimmed.flatMap(([key, value]) => (typeof value === 'string' ? [[key, value.trim()]] : []))));
  }
  refuseWrongPerson(writer, target);
  settlePreferred(writer, target, 'personname');
  settlePreferred(writer, target, 'personaddress');
}

export function savePatient(writer: Writer, target: Ref): void {
  savePerson(writer, target);
  if (writer.tx.now(target).values['voided'] !== true) saveIdentifiersOfPatient(writer, target);
}

export function saveIdentifiersOfPatient(writer: Writer, target: Ref): void {
  if (live(writer.tx.database, target, 'patientidentifier').length === 0) throw notSupported('At least one nonvoided Patient Identifier is required');
  settlePreferred(writer, target, 'patientidentifier');
}
