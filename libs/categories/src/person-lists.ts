import { Uuid } from '@sync-hub/contracts';
import { z } from 'zod';
import { AttributeValueShape, attributeValue, localValue } from './attribute-value.js';
import { type ItemContext, type ListSpec, partsKey, partsOf, type ReadItem, type WantedItem } from './list.js';
import type { Platform } from './platform.js';
import { RefShape, uuidOfRef } from './read-shape.js';
import { instant, type ScalarKind, text, textOf } from './scalars.js';

/** The parts of a name, in the order of their key. webservices.rest tells all eight only in the full representation (PersonNameResource1_8). */
const NAME_PARTS: Readonly<Record<string, ScalarKind>> = {
  prefix: text,
  givenName: text,
  middleName: text,
  familyNamePrefix: text,
  familyName: text,
  familyName2: text,
  familyNameSuffix: text,
  degree: text,
};

/** The lines of an address that a platform holds, by name. */
export const addressLines = (platform: Platform): string[] => Array.from({ length: platform.addressLines }, (_, index) => `address${index + 1}`);

/**
 * The parts of an address, in the order of their key. A platform before 2.0 has no address7 to address15: there they are
 * absent from the key, and an address that uses them cannot be written there (see `requireRoomFor`).
 */
const ADDRESS_PARTS: Readonly<Record<string, ScalarKind>> = {
  ...Object.fromEntries(Array.from({ length: 15 }, (_, index) => [`address${index + 1}`, text])),
  cityVillage: text,
  countyDistrict: text,
  stateProvince: text,
  country: text,
  postalCode: text,
  latitude: text,
  longitude: text,
  startDate: instant,
  endDate: instant,
};

/** The parts of an address that this platform holds. */
export function addressParts(platform: Platform): string[] {
  const lines = new Set(addressLines(platform));
  return Object.keys(ADDRESS_PARTS).filter((part) => !/^address\d/.test(part) || lines.has(part));
}

const itemShape = (parts: Readonly<Record<string, ScalarKind>>): z.ZodType =>
  z.looseObject({
    uuid: Uuid.nullish(),
    preferred: z.boolean().nullish(),
    voided: z.boolean().nullish(),
    ...Object.fromEntries(Object.entries(parts).map(([name, kind]) => [name, kind.shape])),
  });

type PartsItem = Readonly<Record<string, unknown>> & { readonly uuid?: string | null; readonly preferred?: boolean | null; readonly voided?: boolean | null };

/** An item known by its content alone. One whose body leaves a part out is unknown: its key would be another's. */
function readParts(item: PartsItem, kinds: Readonly<Record<string, ScalarKind>>, parts: readonly string[]): ReadItem | 'unknown' | null {
  if (item.voided === true) return null;
  if (parts.some((part) => !(part in item))) return 'unknown';
  const key = partsKey(parts.map((part) => [part, kinds[part]?.normalise(item[part]) ?? null] as const));
  return { key, value: true, preferred: item.preferred ?? undefined, uuid: item.uuid ?? undefined, references: [] };
}

const partsBody = (item: WantedItem, kinds: Readonly<Record<string, ScalarKind>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(partsOf(item.key)).map(([part, value]) => [part, kinds[part]?.encode(value) ?? value]));

/** Names: keyed by their eight parts. */
export const names: ListSpec = {
  name: 'names',
  owner: 'person',
  shape: itemShape(NAME_PARTS),
  read: (item: PartsItem) => readParts(item, NAME_PARTS, Object.keys(NAME_PARTS)),
  body: (item) => partsBody(item, NAME_PARTS),
  written: { by: 'item', path: 'name' },
  preferred: { field: 'preferredName', set: 'through-owner' },
  between: ' ',
  sameKey: 'one-item',
  atLeastOne: true,
};

/** Addresses: keyed by their content. */
export const addresses: ListSpec = {
  name: 'addresses',
  owner: 'person',
  shape: itemShape(ADDRESS_PARTS),
  read: (item: PartsItem, { platform }: ItemContext) => readParts(item, ADDRESS_PARTS, addressParts(platform)),
  body: (item) => partsBody(item, ADDRESS_PARTS),
  written: { by: 'item', path: 'address' },
  preferred: { field: 'preferredAddress', set: 'through-owner' },
  sameKey: 'one-item',
};

const AttributeShape = z.looseObject({ uuid: Uuid.nullish(), voided: z.boolean().nullish(), attributeType: RefShape, value: AttributeValueShape });

/**
 * Attributes: keyed by their type, because servers overwrite them in place by type (PersonResource1_8.setAttributes), so
 * that their own uuids differ. An attribute without a value is one that is not there (core Person.addAttribute drops it).
 * Several of one type are told, but no server takes a second one over REST: adding it voids the first (the same method).
 */
export const personAttributes: ListSpec = {
  name: 'attributes',
  owner: 'person',
  shape: AttributeShape,
  read: (item: z.infer<typeof AttributeShape>, context: ItemContext) => {
    if (item.voided === true) return null;
    if (!('value' in item)) return 'unknown';
    const { value, references } = attributeValue(item.value, context.canonicalUuid);
    if (value === null) return null;
    const type = context.canonicalUuid('personattributetype', uuidOfRef(item.attributeType));
    return { key: type, value, uuid: item.uuid ?? undefined, references: [{ resource: 'personattributetype', uuid: type, aggregate: null }, ...references] };
  },
  body: (item, localUuid) => ({
    attributeType: localUuid('personattributetype', item.key.replace(/#\d+$/, '')),
    value: localValue(String(item.value), localUuid),
  }),
  written: { by: 'item', path: 'attribute' },
  refersTo: ['location'],
  names: ['personattributetype', 'concept'],
  sameKey: 'numbered',
};

const IdentifierShape = z.looseObject({
  uuid: Uuid.nullish(),
  voided: z.boolean().nullish(),
  preferred: z.boolean().nullish(),
  identifier: z.string(),
  identifierType: RefShape,
  location: RefShape.nullish(),
});

/** Identifiers: keyed by type and value, `<type uuid>|<identifier>`. */
export const identifiers: ListSpec = {
  name: 'identifiers',
  owner: 'patient',
  shape: IdentifierShape,
  read: (item: z.infer<typeof IdentifierShape>, { canonicalUuid }: ItemContext) => {
    if (item.voided === true) return null;
    if (!('location' in item)) return 'unknown';
    const type = canonicalUuid('patientidentifiertype', uuidOfRef(item.identifierType));
    const location = item.location ? canonicalUuid('location', uuidOfRef(item.location)) : null;
    return {
      key: `${type}|${textOf(item.identifier) ?? ''}`,
      value: true,
      fields: { location },
      preferred: item.preferred ?? undefined,
      uuid: item.uuid ?? undefined,
      references: [
        { resource: 'patientidentifiertype', uuid: type, aggregate: null },
        ...(location === null ? [] : [{ field: 'location', resource: 'location', uuid: location, aggregate: 'location' as const }]),
      ],
    };
  },
  body: ({ key, fields }, localUuid) => {
    const bar = key.indexOf('|');
    const location = fields['location'] ?? null;
    return {
      identifier: key.slice(bar + 1),
      identifierType: localUuid('patientidentifiertype', key.slice(0, bar)),
      ...(location === null ? {} : { location: localUuid('location', String(location)) }),
    };
  },
  written: { by: 'item', path: 'identifier' },
  refersTo: ['location'],
  names: ['patientidentifiertype'],
  preferred: { field: 'preferredIdentifier', set: 'on-the-item' },
  fields: ['location'],
  // webservices.rest reads the uuid of what it is given without asking whether there is any (PatientIdentifierResource1_8.setLocation).
  cannotClear: ['location'],
  sameKey: 'one-item',
  atLeastOne: true,
};
