import { Uuid } from '@sync-hub/contracts';
import { z } from 'zod';
import { AttributeValueShape, attributeValue, localValue } from './attribute-value.js';
import type { ItemContext, ListSpec } from './list.js';
import { uuidOfRef } from './read-shape.js';

const TypeShape = z.union([z.looseObject({ uuid: Uuid, maxOccurs: z.number().nullish() }), Uuid], { error: 'a uuid, or an object with one' });
const AttributeShape = z.looseObject({ uuid: Uuid.nullish(), voided: z.boolean().nullish(), attributeType: TypeShape, value: AttributeValueShape });

/** How attributes are asked for: with how many of their type there can be. */
export const TYPED_ATTRIBUTES = 'attributes:(uuid,attributeType:(uuid,display,maxOccurs),value,voided,auditInfo)';

/** The type of what they are attributes of. */
const TYPES = {
  location: 'locationattributetype',
  visit: 'visitattributetype',
  programenrollment: 'programattributetype',
  provider: 'providerattributetype',
} as const;

/**
 * Attributes of a location, a visit, an enrollment or a provider (webservices.rest BaseAttributeCrudResource1_9). Where several of one type are possible
 * they are keyed by type and value, `<type uuid>|<value>`. Where there can be but one it is keyed by its type: two values are then
 * two answers to one question, and never two items, of which a server would silently void the first (VisitAttributeResource1_9).
 */
export const typedAttributes = (owner: keyof typeof TYPES): ListSpec => ({
  name: 'attributes',
  owner,
  shape: AttributeShape,
  read: (item: z.infer<typeof AttributeShape>, { canonicalUuid }: ItemContext) => {
    if (item.voided === true) return null;
    if (!('value' in item)) return 'unknown';
    const { value, references } = attributeValue(item.value, canonicalUuid);
    if (value === null) return null;
    const type = canonicalUuid(TYPES[owner], uuidOfRef(item.attributeType));
    return {
      ...(isSingle(item.attributeType) ? { key: type, value } : { key: `${type}|${value}`, value: true }),
      uuid: item.uuid ?? undefined,
      references: [{ resource: TYPES[owner], uuid: type, aggregate: null }, ...references],
    };
  },
  body: ({ key, value }, localUuid) => {
    const bar = key.indexOf('|');
    const [type, own] = bar === -1 ? [key, String(value)] : [key.slice(0, bar), key.slice(bar + 1)];
    return { attributeType: localUuid(TYPES[owner], type), value: localValue(own, localUuid) };
  },
  written: { by: 'item', path: 'attribute' },
  asked: TYPED_ATTRIBUTES,
  refersTo: ['location'],
  names: [TYPES[owner], 'concept'],
  between: ': ',
  // A changed attribute of a visit or an enrollment has no entry in any feed, an added one has: the owner's. Only of visits the server takes the old one away.
  ...(owner === 'visit' ? { changedByAdding: 'server-removes' } : {}),
  ...(owner === 'programenrollment' ? { changedByAdding: 'we-remove', onlyWhere: ({ hasProgramAttributes }) => hasProgramAttributes } : {}),
  sameKey: 'one-item',
});

const isSingle = (type: z.infer<typeof TypeShape>): boolean => typeof type === 'object' && type.maxOccurs === 1;
