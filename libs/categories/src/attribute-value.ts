import { type Aggregate, Uuid } from '@sync-hub/contracts';
import { z } from 'zod';
import type { ItemReference } from './list.js';
import type { UuidTranslation } from './platform.js';
import { textOf } from './scalars.js';

/** The value of a person's or a location's attribute: text, number, flag, or the object that a Location or Concept attribute names. */
export const AttributeValueShape = z
  .union([z.string(), z.number(), z.boolean(), z.looseObject({ uuid: Uuid, links: z.array(z.looseObject({ uri: z.string().nullish() })).nullish() })], {
    error: 'text, a number, a flag, or an object with a uuid',
  })
  .nullish();

/** Resources an attribute may point at, by the segment of their own link. Others cannot be asked for and are taken for plain uuids. */
const RESOURCES: Readonly<Record<string, Aggregate | null>> = { location: 'location', concept: null };

/**
 * The one normal form of an attribute's value: text, and the uuid for an object. Objects are told but uuids are taken
 * (PersonAttributeResource1_8). What an object is, its own link says (`…/ws/rest/v1/concept/<uuid>`).
 */
export function attributeValue(
  value: z.infer<typeof AttributeValueShape>,
  canonicalUuid: UuidTranslation,
): { readonly value: string | null; readonly references: readonly ItemReference[] } {
  if (value === null || value === undefined) return { value: null, references: [] };
  if (typeof value !== 'object') return { value: textOf(String(value)), references: [] };
  const resource = value.links
    ?.map((link) => /\/ws\/rest\/v1\/([a-z]+)\//.exec(link.uri ?? '')?.[1])
    .find((segment) => segment !== undefined && segment in RESOURCES);
  if (resource === undefined) return { value: value.uuid, references: [] };
  const aggregate = RESOURCES[resource] ?? null;
  const uuid = canonicalUuid(aggregate ?? 'concept', value.uuid);
  return { value: uuid, references: [{ resource, uuid, aggregate }] };
}

/** The value as a site takes it: of a place, or a concept, the uuid that it has there. */
export const localValue = (value: string, localUuid: UuidTranslation): string => localUuid('concept', localUuid('location', value));
