import { Uuid } from '@sync-hub/contracts';
import { z } from 'zod';
import { AttributeValueShape, attributeValue } from './attribute-value.js';
import { defineCategory } from './define-category.js';
import type { ItemContext, ListSpec } from './list.js';
import { addressLines } from './person-lists.js';
import { RefShape, uuidOfRef } from './read-shape.js';
import { reference, text } from './scalars.js';

/** Tags: keyed by their uuid, written as the whole list (webservices.rest replaces it). */
const tags: ListSpec = {
  name: 'tags',
  owner: 'location',
  shape: RefShape,
  read: (item: RefShape) => ({ key: uuidOfRef(item), value: true, references: [{ resource: 'locationtag', uuid: uuidOfRef(item), aggregate: null }] }),
  body: ({ key }) => ({ uuid: key }),
  written: { by: 'whole-list' },
  sameKey: 'one-item',
};

const AttributeShape = z.looseObject({ uuid: Uuid.nullish(), voided: z.boolean().nullish(), attributeType: RefShape, value: AttributeValueShape });

/** Attributes: several of one type are possible, so they are keyed by type and value, `<type uuid>|<value>`. */
const attributes: ListSpec = {
  name: 'attributes',
  owner: 'location',
  shape: AttributeShape,
  read: (item: z.infer<typeof AttributeShape>, { canonicalUuid }: ItemContext) => {
    if (item.voided === true) return null;
    if (!('value' in item)) return 'unknown';
    const { value, references } = attributeValue(item.value, canonicalUuid);
    if (value === null) return null;
    const type = uuidOfRef(item.attributeType);
    return {
      key: `${type}|${value}`,
      value: true,
      uuid: item.uuid ?? undefined,
      references: [{ resource: 'locationattributetype', uuid: type, aggregate: null }, ...references],
    };
  },
  body: ({ key }, localUuid) => {
    const bar = key.indexOf('|');
    return { attributeType: key.slice(0, bar), value: localUuid('location', key.slice(bar + 1)) };
  },
  written: { by: 'item', path: 'attribute' },
  sameKey: 'one-item',
};

const LINES = Array.from({ length: 15 }, (_, index) => `address${index + 1}`);
const OTHER_SCALARS = [
  'name',
  'description',
  'cityVillage',
  'countyDistrict',
  'stateProvince',
  'country',
  'postalCode',
  'latitude',
  'longitude',
  'parentLocation',
];

/**
 * A place. The tree travels parents first: `parentLocation` is a reference to another record. `childLocations` is the other
 * end of it and never sent, because it rewrites the set. Coordinates are text, as webservices.rest tells them.
 */
export const location = defineCategory({
  name: 'location',
  title: 'Location',
  openmrsClass: 'org.openmrs.Location',
  aggregate: 'location',
  feeds: ['location'],
  flows: 'parent-to-child',
  resource: 'location',
  owners: [{ owner: 'location', at: 'body' }],
  deleted: 'retired',
  toldWhenDeleted: true,
  scalars: { ...Object.fromEntries([...OTHER_SCALARS, ...LINES].map((name) => [name, text])), parentLocation: reference('location', 'location') },
  scalarsOn: (platform) => [...OTHER_SCALARS, ...addressLines(platform)],
  lists: [tags, attributes],
  representation: (platform) =>
    `custom:(uuid,${[...OTHER_SCALARS.filter((name) => name !== 'parentLocation'), ...addressLines(platform)].join(',')},parentLocation:ref,tags:ref,attributes:full,retired,auditInfo)`,
  telltale: 'name',
  requires: ['name'],
});
