import type { Ref, Row, Value } from './database.js';
import { nameOf } from './metadata-lines.js';
import { addressFields } from './parts.js';
import { one, type Resource, resource, type Shown, type Site, text, words } from './resource.js';
import { conversion, serverError, Validation } from './rest-error.js';
import type { Writer } from './writer.js';

const LATE = 'address7 address8 address9 address10 address11 address12 address13 address14 address15';
const KEYS =
  'name description address1 address2 cityVillage stateProvince country postalCode latitude longitude countyDistrict address3 address4 address5 address6';
const MANAGE = { get: 'Get Locations', add: 'Manage Locations', edit: 'Manage Locations', remove: 'Manage Locations', purge: 'Purge Locations' };

function children(row: Row, site: Site): Shown[] {
  const all = site.database.all('location').filter((other) => other.values['parentLocation'] === row.uuid);
  return all.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)).map((child) => ({ row: child, as: 'location' }));
}

/** Replaces the whole set: a child that is not in the list loses its parent. */
function setChildren(writer: Writer, target: Ref, posted: unknown): void {
  const wanted = writer.all('location', posted);
  for (const { row } of children(writer.tx.now(target), writer.site)) {
    if (!wanted.some(({ uuid }) => uuid === row.uuid)) writer.tx.set(row, { parentLocation: null });
  }
  for (const child of wanted) writer.tx.set(child, { parentLocation: target.uuid });
  writer.tx.touch(target);
}

/** Replaces the tags; one that is not in the database is matched by its name when the location is saved. */
function setTags(writer: Writer, target: Ref, posted: unknown): void {
  const site = writer.site;
  const uuids = writer.all('locationtag', posted).map((ref): string => {
    if (!writer.isNew(ref)) return ref.uuid;
    const name = writer.tx.now(ref).values['name'];
    writer.forget(ref);
    const existing = site.database.all('locationtag').find((row) => row.values['name'] === name);
    if (!existing) throw conversion('Cannot add transient tags! Save all location tags to the database before saving this location');
    return existing.uuid;
  });
  writer.tx.set(target, { tags: [...new Set(uuids)] });
}

function setAttributes(writer: Writer, target: Ref, posted: unknown): void {
  for (const ref of writer.all('locationattribute', posted)) writer.tx.adopt(ref, target.uuid);
  writer.tx.touch(target);
}

function saveLocation(writer: Writer, target: Ref): void {
  const { tx } = writer;
  const row = tx.now(target);
  if (row.values['name'] === null || row.values['name'] === undefined)
    throw serverError('Location name is required', 'org.openmrs.api.impl.LocationServiceImpl:73');
  if (row.values['retired'] !== true) tx.set(target, { retiredBy: null, dateRetired: null, retireReason: null });
  refuseWrongLocation(writer, target);
}

/** `LocationValidator` alone, as whoever saves past the service asks it too. */
export function refuseWrongLocation({ tx, site }: Writer, target: Ref): void {
  const row = tx.now(target);
  const errors = new Validation();
  if (nameOf(row).trim() === '') errors.reject('error.name', 'name');
  if (row.values['retired'] === true && !row.values['retireReason']) errors.reject('error.null', 'retireReason');
  const others = site.database.all('location').filter(({ uuid, values }) => uuid !== row.uuid && values['retired'] !== true);
  if (others.some((other) => nameOf(other) === nameOf(row))) errors.reject('location.duplicate.name', 'name');
  if (isItsOwnAncestor(row, site)) errors.reject('Location.parentLocation.error', 'parentLocation');
  for (const key of [...words(KEYS), ...words(LATE)]) if (String(row.values[key] ?? '').length > 255) errors.reject('error.exceededMaxLengthOfField', key);
  errors.done();
}

function isItsOwnAncestor(row: Row, site: Site): boolean {
  const seen = new Set<string>();
  let parent: Value | undefined = row.values['parentLocation'];
  while (typeof parent === 'string' && !seen.has(parent)) {
    if (parent === row.uuid) return true;
    seen.add(parent);
    parent = site.database.find('location', parent)?.values['parentLocation'];
  }
  return false;
}

const location = resource({
  name: 'location',
  javaClass: 'org.openmrs.Location',
  life: 'retired',
  version: '2.0',
  privileges: MANAGE,
  alsoFoundBy: 'name',
  fields: { ...text(`name description ${addressFields.join(' ')}`), parentLocation: one('location'), tags: { is: 'many', of: 'locationtag' } },
  standard: `uuid display ${KEYS} tags:ref parentLocation:ref childLocations:ref retired attributes:ref ${LATE}`,
  full: `uuid display ${KEYS} tags parentLocation childLocations retired auditInfo attributes ${LATE}`,
  create: words(`${KEYS} tags parentLocation childLocations attributes ${LATE}`),
  required: ['name'],
  update: words(`${KEYS} tags parentLocation childLocations attributes ${LATE} retired`),
  parts: ['locationattribute'],
  display: nameOf,
  reads: {
    childLocations: (row, site) => children(row, site),
    attributes: (row, site) =>
      site.database
        .ownedBy(row.uuid, 'locationattribute')
        .filter((part) => part.values['voided'] !== true)
        .map((part): Shown => ({ row: part, as: 'locationattribute' })),
  },
  sets: { childLocations: setChildren, tags: setTags, attributes: setAttributes },
  save: saveLocation,
});

const attribute = resource({
  name: 'locationattribute',
  javaClass: 'org.openmrs.LocationAttribute',
  life: 'voided',
  version: '1.9',
  under: { parent: 'location', path: 'attribute' },
  privileges: MANAGE,
  fields: { ...text('value', 65535), attributeType: one('locationattributetype') },
  standard: 'display uuid attributeType:ref value voided',
  full: 'display uuid attributeType:ref value voided auditInfo',
  create: words('attributeType value'),
  required: words('attributeType value'),
  display: (row, site) =>
    `${nameOf(site.database.find('locationattributetype', String(row.values['attributeType'])) ?? row)}: ${String(row.values['value'] ?? '')}`,
  save: (writer, target) => {
    const owner = writer.tx.now({ kind: 'location', uuid: writer.tx.now(target).owner ?? '' });
    if (writer.isNew(target)) writer.tx.touch(owner);
    saveLocation(writer, owner);
  },
});

export const placesTable: readonly Resource[] = [location, attribute];
