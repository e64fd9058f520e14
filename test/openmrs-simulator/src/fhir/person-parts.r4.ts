import type { Kind, Ref, Row, Value } from '../database.js';
import { addressFields, inOrder, isBlank, joinAttribute, live } from '../parts.js';
import { resourceOf, words } from '../resource.js';
import { serverError } from '../rest-error.js';
import type { FhirReading, FhirWriting } from './fhir-call.js';
import { compact, extensionsIn, type Json, listIn, textIn } from './fhir-json.js';
import { fhirSetting } from './fhir-settings.js';

const EXT = 'http://fhir.openmrs.org/ext';
const NAME_PARTS = words('prefix familyNamePrefix familyName2 familyNameSuffix degree');
const LINES = addressFields.filter((field) => field.startsWith('address'));
const NAME_TEXT = words('prefix givenName middleName familyNamePrefix familyName familyName2 familyNameSuffix degree');

/** A new part, under the id of its element. Without one it gets a uuid of its own, or in older releases none, which no table takes. */
export function newPart(writing: FhirWriting, kind: Kind, element: Json, owner: string): Row {
  const { writer, profile, engine } = writing;
  const id = textIn(element, 'id');
  if (id === null && !profile.mintsIdsOfElements) throw serverError("could not execute statement; Column 'uuid' cannot be null");
  return writer.create(resourceOf(engine, kind), id ?? engine.random.uuid(), owner);
}

/** The part of that id among those that the owner has, voided ones included. */
export const heldPart = ({ engine }: FhirReading, kind: Kind, element: Json, owner: string): Row | undefined =>
  engine.database.ownedBy(owner, kind).find(({ uuid }) => uuid === element['id']);

/** The parts of one element that openmrs alone knows: an extension that holds one for each. */
function ownParts(url: string, names: readonly string[], row: Row): readonly Json[] {
  const held = names.flatMap((name) => (typeof row.values[name] === 'string' ? [{ url: `${url}#${name}`, valueString: row.values[name] }] : []));
  return held.length > 0 ? [{ url, extension: held }] : [];
}

/** Only what the extension names: what is missing there stays as it is. */
function postedOwnParts(url: string, names: readonly string[], element: Json): Record<string, Value> {
  const [extension] = extensionsIn(element, url);
  const posted = extension === undefined ? [] : listIn(extension, 'extension');
  const named = posted.map((part) => [String(part['url']).replace(`${url}#`, ''), textIn(part, 'valueString')] as const);
  return Object.fromEntries(named.filter(([name, value]) => names.includes(name) && value !== null));
}

const shownName = (row: Row, { profile }: FhirReading): Json =>
  compact({
    id: row.uuid,
    extension: ownParts(`${EXT}/name`, NAME_PARTS, row),
    text: profile.saysMore ? NAME_TEXT.flatMap((key) => row.values[key] || []).join(' ') : null,
    family: row.values['familyName'],
    given: [row.values['givenName'], row.values['middleName']],
  });

/** `PersonNameTranslatorImpl.toFhirResource`: no mark of the preferred one, which comes first, and nothing of voided ones. */
export const shownNames = (person: Row, reading: FhirReading): readonly Json[] =>
  live(reading.engine.database, person, 'personname').map((row) => shownName(row, reading));

/** `PersonNameTranslatorImpl.toOpenmrsType`: one given name alone makes the middle name the empty text. */
export function writeName({ writer }: FhirWriting, target: Ref, name: Json): void {
  const given = Array.isArray(name['given']) ? name['given'].filter((part): part is string => typeof part === 'string' && part !== '') : [];
  writer.tx.set(target, {
    ...(given.length > 0 ? { givenName: given[0] ?? null, middleName: given.slice(1).join(' ') } : {}),
    ...(textIn(name, 'family') === null ? {} : { familyName: textIn(name, 'family') }),
    ...postedOwnParts(`${EXT}/name`, NAME_PARTS, name),
  });
}

/** Names are added; one whose id is known is written onto where the release does that, else dropped. None is ever taken away. */
export function addNames(writing: FhirWriting, person: Row, body: Json, editsKnown: boolean): void {
  const { writer } = writing;
  for (const name of listIn(body, 'name')) {
    const held = heldPart(writing, 'personname', name, person.uuid);
    if (held && editsKnown) writeName(writing, held, name);
    if (held) continue;
    writeName(writing, newPart(writing, 'personname', name, person.uuid), name);
    if (!writer.isNew(person)) writer.tx.touch(person);
  }
}

/** `PersonAddressTranslatorImpl.toFhirResource`. */
export const shownAddresses = (person: Row, { engine, profile }: FhirReading): readonly Json[] =>
  live(engine.database, person, 'personaddress').map((row) =>
    compact({
      id: row.uuid,
      extension: ownParts(`${EXT}/address`, LINES, row),
      use: row.values['preferred'] === true ? 'home' : 'old',
      city: row.values['cityVillage'],
      district: profile.saysMore ? row.values['countyDistrict'] : null,
      state: row.values['stateProvince'],
      postalCode: row.values['postalCode'],
      country: row.values['country'],
    }),
  );

/** Addresses are added, preferred beside others that are; one whose id is known is dropped, whatever it says, and one without content too (`Person.addAddress`). */
export function addAddresses(writing: FhirWriting, person: Row, body: Json): void {
  const { writer, profile } = writing;
  for (const address of listIn(body, 'address')) {
    if (heldPart(writing, 'personaddress', address, person.uuid)) continue;
    const row = newPart(writing, 'personaddress', address, person.uuid);
    writer.tx.set(row, {
      cityVillage: textIn(address, 'city'),
      ...(profile.saysMore ? { countyDistrict: textIn(address, 'district') } : {}),
      stateProvince: textIn(address, 'state'),
      country: textIn(address, 'country'),
      postalCode: textIn(address, 'postalCode'),
      ...(address['use'] === 'home' ? { preferred: true } : {}),
      ...postedOwnParts(`${EXT}/address`, LINES, address),
    });
    if (isBlank(writer.tx.now(row))) writer.tx.remove(row);
    else if (!writer.isNew(person)) writer.tx.touch(person);
  }
}

/** `address` of a location, which has no id: what is its own is read and, being posted, not written (`LocationTranslatorImpl.toOpenmrsType`). */
export const shownLocationAddress = (row: Row): Json =>
  compact({
    extension: ownParts(`${EXT}/address`, LINES, row),
    city: row.values['cityVillage'],
    state: row.values['stateProvince'],
    postalCode: row.values['postalCode'],
    country: row.values['country'],
  });

/** `TelecomTranslatorImpl.toFhirResource`: attributes of the type that a setting names. */
export const shownTelecoms = (person: Row, reading: FhirReading): readonly Json[] =>
  inOrder(reading.engine.database, person, 'personattribute')
    .filter(({ values }) => values['voided'] !== true && values['attributeType'] === fhirSetting(reading, 'fhir2.personContactPointAttributeTypeUuid'))
    .map((row) => compact({ id: row.uuid, value: row.values['value'] }));

/** `Person.addAttribute`: dropped where its id is held already; the same value again is too, another of the same type voids the old one. */
export function joinPosted(writing: FhirWriting, person: Row, element: Json, values: Readonly<Record<string, Value>>): void {
  if (heldPart(writing, 'personattribute', element, person.uuid)) return;
  const { writer } = writing;
  const row = newPart(writing, 'personattribute', element, person.uuid);
  writer.tx.set(row, values);
  if (!joinAttribute(writer, row, person)) writer.tx.remove(row);
}

/** Without an attribute type of that uuid the row has no type, which the table does not take. */
export function addTelecoms(writing: FhirWriting, person: Row, body: Json): void {
  const type = fhirSetting(writing, 'fhir2.personContactPointAttributeTypeUuid');
  for (const telecom of listIn(body, 'telecom')) {
    if (!writing.engine.database.find('personattributetype', type))
      throw serverError("could not execute statement; Column 'person_attribute_type_id' cannot be null");
    joinPosted(writing, person, telecom, { attributeType: type, value: textIn(telecom, 'value') });
  }
}
