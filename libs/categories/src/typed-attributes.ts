import { Uuid } from '@sync-hub/contracts';
import { z } from 'zod';
import { AttributeValueShape, attributeValue } from './attribute-value.js';
import type { ItemContext, ListSpec } from './list.js';
import { RefShape, uuidOfRef } from './read-shape.js';

const AttributeShape = z.looseObject({ uuid: Uuid.nullish(), voided: z.boolean().nullish(), attributeType: RefShape, value: AttributeValueShape });

/**
 * Attributes of a location or a visit (webservices.rest BaseAttributeCrudResource1_9): several of one type are possible, so
 * they are keyed by type and value, `<type uuid>|<value>`.
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
    const type = uuidOfRef(item.attributeType);
    return {
      key: `${type}|${value}`,
      value: true,
      uuid: item.uuid ?? undefined,
      references: [{ resource: `${owner}attributetype`, uuid: type, aggregate: null }, ...references],
    };
  },
  body: ({ key }, localUuid) => {
    const bar = key.indexOf('|');
    return { attributeType: key.slice(0, bar), value: localUuid('location', key.slice(bar + 1)) };
  },
  written: { by: 'item', path: 'attribute' },
  refersTo: ['location'],
  sameKey: 'one-item',
});
