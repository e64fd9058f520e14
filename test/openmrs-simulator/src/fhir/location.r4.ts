import type { Ref, Row } from '../database.js';
import { refuseWrongLocation } from '../places.js';
import { resourceOf } from '../resource.js';
import { serverError } from '../rest-error.js';
import { type FhirReading, type FhirWriting, findRow } from './fhir-call.js';
import { narrative, nullPointer } from './fhir-error.js';
import { compact, type Json, listIn, partIn, textIn } from './fhir-json.js';
import { type FhirResource, isRetired, lastUpdated } from './fhir-resource.js';
import { reference, string, token } from './fhir-search.js';
import { fhirSetting } from './fhir-settings.js';
import { shownLocationAddress } from './person-parts.r4.js';
import { metaOf } from './provenance.r4.js';
import { idIn, locationReference } from './references.r4.js';

const TAG = 'http://fhir.openmrs.org/ext/location-tag';

const tagsOf = (row: Row, { engine }: FhirReading): readonly Row[] =>
  (Array.isArray(row.values['tags']) ? row.values['tags'] : []).flatMap((uuid: string) => engine.database.find('locationtag', uuid) ?? []);

/** What lies south or west of zero is not shown, and one of two numbers alone can be. */
function position({ values }: Row): Json {
  const number = (key: string): number | null => {
    const read = Number(values[key] ?? -1);
    return values[key] === '' || Number.isNaN(read) || read < 0 ? null : read;
  };
  return { longitude: number('longitude'), latitude: number('latitude') };
}

const contactType = (reading: FhirReading): string => fhirSetting(reading, 'fhir2.locationContactPointAttributeTypeUuid');
const telecoms = (row: Row, reading: FhirReading): readonly Json[] =>
  reading.engine.database
    .ownedBy(row.uuid, 'locationattribute')
    .filter(({ values }) => values['voided'] !== true && values['attributeType'] === contactType(reading))
    .map(({ uuid, values }) => ({ id: uuid, value: values['value'] }));

/** `LocationTranslatorImpl.toFhirResource`. */
function show(row: Row, reading: FhirReading): Json {
  const tag = tagsOf(row, reading).map(({ values }) => ({ system: TAG, code: values['name'], display: values['description'] }));
  const { meta, contained } = metaOf(row, reading, { tag });
  return compact({
    resourceType: 'Location',
    id: row.uuid,
    meta,
    text: narrative(String(row.values['name'] ?? '')),
    contained,
    status: row.values['retired'] === true ? 'inactive' : 'active',
    name: row.values['name'],
    description: row.values['description'],
    telecom: telecoms(row, reading),
    address: shownLocationAddress(row),
    position: position(row),
    partOf: locationReference(findRow(reading, 'location', row.values['parentLocation'])),
  });
}

/** Tags are found by name or made, and never taken away. In 1.3.0 each is a new one, which is not saved with the location. */
function addTags(writing: FhirWriting, row: Row, body: Json): void {
  const { writer, engine, profile } = writing;
  for (const tag of listIn(partIn(body, 'meta'), 'tag')) {
    if (!profile.savesTags)
      throw serverError('object references an unsaved transient instance - save the transient instance before flushing: org.openmrs.LocationTag');
    const name = textIn(tag, 'code');
    const known = engine.database.all('locationtag').find(({ values }) => values['name'] === name);
    if (!known) writing.needOneOf('Manage Location Tags');
    const found = known ?? writer.create(resourceOf(engine, 'locationtag'), engine.random.uuid(), null);
    if (!known) writer.tx.set(found, { name, description: textIn(tag, 'display') });
    const before = tagsOf(writer.tx.now(row), writing).map(({ uuid }) => uuid);
    if (!before.includes(found.uuid)) writer.tx.set(row, { tags: [...before, found.uuid] });
  }
}

/** Attributes are added, each time again. Without an attribute type of that uuid the validator falls over them. */
function addTelecoms(writing: FhirWriting, row: Row, body: Json): void {
  const { writer, engine } = writing;
  for (const telecom of listIn(body, 'telecom')) {
    if (!engine.database.find('locationattributetype', contactType(writing))) throw nullPointer();
    if (engine.database.ownedBy(row.uuid, 'locationattribute').some(({ uuid }) => uuid === telecom['id'])) continue;
    const attribute = writer.create(resourceOf(engine, 'locationattribute'), textIn(telecom, 'id') ?? engine.random.uuid(), row.uuid);
    writer.tx.set(attribute, { attributeType: contactType(writing), value: textIn(telecom, 'value') });
    if (!writer.isNew(row)) writer.tx.touch(row);
  }
}

/** `LocationTranslatorImpl.toOpenmrsType`: without a key there is no name, text, place or parent any more; lines of the address, county and `status` are not read. */
function write(writing: FhirWriting, row: Row, body: Json): Ref {
  const { writer } = writing;
  const [address, place] = [partIn(body, 'address'), partIn(body, 'position')];
  const number = (key: string): Record<string, string> => (typeof place[key] === 'number' ? { [key]: String(place[key]) } : {});
  writer.tx.set(row, {
    name: textIn(body, 'name'),
    description: textIn(body, 'description'),
    cityVillage: textIn(address, 'city'),
    stateProvince: textIn(address, 'state'),
    country: textIn(address, 'country'),
    postalCode: textIn(address, 'postalCode'),
    ...number('latitude'),
    ...number('longitude'),
    parentLocation: findRow(writing, 'location', idIn(partIn(body, 'partOf'), ['Location']))?.uuid ?? null,
  });
  addTelecoms(writing, row, body);
  addTags(writing, row, body);
  refuseWrongLocation(writer, row);
  return row;
}

const make = (writing: FhirWriting, uuid: string): Row => writing.writer.create(resourceOf(writing.engine, 'location'), uuid, null);

export const locationR4: FhirResource = {
  type: 'Location',
  find: (reading, uuid) => findRow(reading, 'location', uuid),
  all: ({ engine }) => engine.database.all('location'),
  isGone: isRetired,
  privileges: { read: [['Get Locations']], save: ['Manage Locations'], remove: ['Manage Locations'] },
  updatedAt: lastUpdated,
  parameters: {
    name: string(({ values }) => [values['name']]),
    'address-city': string(({ values }) => [values['cityVillage']]),
    'address-state': string(({ values }) => [values['stateProvince']]),
    'address-country': string(({ values }) => [values['country']]),
    'address-postalcode': string(({ values }) => [values['postalCode']]),
    _tag: token((row, reading) => tagsOf(row, reading).map(({ values }) => values['name'])),
    partof: reference(({ values }) => values['parentLocation']),
  },
  sorts: { name: ({ values }) => values['name'] ?? null, 'address-city': ({ values }) => values['cityVillage'] ?? null },
  show,
  create: (writing, body) => write(writing, make(writing, textIn(body, 'id') ?? writing.engine.random.uuid()), body),
  update: write,
  remove: ({ writer, engine }, row) => {
    if (!isRetired(row)) writer.tx.set(row, { retired: true, retiredBy: writer.author, dateRetired: engine.now(), retireReason: 'Retired via FHIR API' });
  },
  canUpsert: true,
};
