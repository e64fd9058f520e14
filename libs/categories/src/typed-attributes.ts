import { Uuid } from '@sync-hub/contracts';
import { z } from 'zod';
import { AttributeValueShape, attributeValue } from './attribute-value.js';
import type { ItemContext, ListSpec } from './list.js';
import { uuidOfRef } from './read-shape.js';

const TypeShape = z.union([z.looseObject({ uuid: Uuid, maxOccurs: z.number().nullish() }), Uuid], { error: 'a uuid, or an object with one' });
const AttributeShape = z.looseObject({ uuid: Uuid.nullish(), voided: z.boolean().nullish(), attributeType: TypeShape, value: AttributeValueShape });

/** How attributes are asked for: with how many of their type there can be. */
export const TYPED_ATTRIBUTES = 'attributes:(uuid,attributeType:(uuid,maxOccurs),value,voided,auditInfo)';

/**
 * Attributes of a location or a visit (webservices.rest BaseAttributeCrudResource1_9). Where several of one type are possible
 * they are keyed by type and value, `<type uuid>|<value>`. Where there can be but one it is keyed by its type: two values are then
 * two answers to one question, and never two items, of which a server would silently void the first (VisitAttributeResource1_9).
 */
export const typedAttributes = (owner: 'location' | 'visit'): ListSpec => ({
  name: 'attributes',
  owner,
  shape: AttributeShape,
  read: (item: z.infer<typeof AttributeShape>, { canonicalUuid }: ItemContext) => {
    if (item.voided === true) return null;
    if (!('value' in item)) return 'unknown';
    const { value, references } = attributeValue(item.value, canonicalUuid);
    if (value === null) return null;
    const type = canonicalUuid(`${owner}attributetype`, uuidOfRef(item.attributeType));
    return {
      ...(isSingle(item.attributeType) ? { key: type, value } : { key: `${type}|${value}`, value: true }),
      uuid: item.uuid ?? undefined,
      references: [{ resource: `${owner}attributetype`, uuid: type, aggregate: null }, ...references],
    };
  },
  body: ({ key, value }, localUuid) => {
    const bar = key.indexOf('|');
    const [type, own] = bar === -1 ? [key, String(value)] : [key.slice(0, bar), key.slice(bar + 1)];
    return { attributeType: localUuid(`${owner}attributetype`, type), value: localUuid('location', own) };
  },
  written: { by: 'item', path: 'attribute' },
  refersTo: ['location'],
  names: [`${owner}attributetype`, 'concept'],
  // A changed attribute of a visit has no entry in any feed, an added one has: the visit's.
  ...(owner === 'visit' ? { changedByAdding: true } : {}),
  sameKey: 'one-item',
});

const isSingle = (type: z.infer<typeof TypeShape>): boolean => typeof type === 'object' && type.maxOccurs === 1;
