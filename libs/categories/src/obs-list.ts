import type { Scalar } from '@sync-hub/merge';
import { z } from 'zod';
import type { Body } from './category-spec.js';
import type { ItemContext, ItemReference, ListSpec, Owner } from './list.js';
import { OBS_FIELDS, obsFieldsTold } from './obs-fields.js';
import { type FlatObs, flattenBody } from './obs-tree.js';
import { RECORDS_OF_VALUES } from './obs-value.js';
import { RefShape, uuidOfRef } from './read-shape.js';

/** What is the case for all obs of a record unless one says otherwise: it is left out then, and follows when it changes. */
export interface Inherited {
  readonly obsDatetime: Scalar;
  readonly location: Scalar;
}

/** One obs on its way into the list: with what it inherits. */
export interface ObsItem extends FlatObs {
  readonly inherited: Inherited;
}

/** What an obs is at its heart, as one text: its concept, its group, and its value by kind; a group has none. */
export interface ObsHeart {
  readonly concept: string;
  readonly group?: string;
  readonly [kind: string]: Scalar | undefined;
}

/** The heart that the value of an item says. */
export const heartOf = (value: Scalar | undefined): ObsHeart => JSON.parse(String(value)) as ObsHeart;

/** The value as it is known everywhere. */
function valueOf({ value }: FlatObs, { canonicalUuid }: ItemContext): Scalar {
  const record = value === null ? undefined : RECORDS_OF_VALUES[value.kind];
  return record === undefined ? (value?.value ?? null) : canonicalUuid(record, String(value?.value));
}

const heartText = (item: FlatObs, context: ItemContext): string => {
  const { group, value } = item;
  const { canonicalUuid } = context;
  const kind = value === null ? {} : { [value.kind]: valueOf(item, context) };
  return JSON.stringify({ concept: canonicalUuid('concept', item.concept), ...(group === null ? {} : { group: canonicalUuid('obs', group) }), ...kind });
};

/** The fields of an obs in normal form; what is empty, inherited or the server's own doing is left out. */
function fieldsOf(item: ObsItem, { canonicalUuid }: ItemContext): Readonly<Record<string, Scalar>> {
  const own = Object.entries(OBS_FIELDS).map(([name, kind]): readonly [string, Scalar] => {
    if (name === 'seconds') return [name, item.value?.seconds ?? null];
    const value = kind.normalise(item.told[name]);
    return [name, name === 'location' && typeof value === 'string' ? canonicalUuid('location', value) : value];
  });
  return Object.fromEntries(own.filter(([name, value]) => value !== null && !isOfItself(name, value, item)));
}

/**
 * The time and place of the encounter; `FINAL`, which every obs is unless told otherwise; the mark that a server puts on a
 * place (webservices.rest ObsResource1_8.setValue); the interpretation of a number, which servers compute from its ranges
 * (openmrs-core 2.7 and newer ObsValidator).
 */
function isOfItself(name: string, value: Scalar, { value: own, inherited }: ObsItem): boolean {
  switch (name) {
    case 'obsDatetime':
      return value === inherited.obsDatetime;
    case 'location':
      return value === inherited.location;
    case 'status':
      return value === 'FINAL';
    case 'comment':
      return own?.kind === 'location';
    case 'interpretation':
      return own?.kind === 'numeric';
    default:
      return false;
  }
}

function referencesOf(item: ObsItem, fields: Readonly<Record<string, Scalar>>, context: ItemContext): readonly ItemReference[] {
  const concept: ItemReference = { resource: 'concept', uuid: context.canonicalUuid('concept', item.concept), aggregate: null };
  const place = fields['location'];
  const placed = typeof place === 'string' ? [{ field: 'location', resource: 'location', uuid: place, aggregate: 'location' as const }] : [];
  const kind = item.value?.kind;
  const uuid = String(valueOf(item, context));
  if (kind === 'coded' || kind === 'drug') return [concept, { resource: kind === 'drug' ? 'drug' : 'concept', uuid, aggregate: null }, ...placed];
  if (kind === 'location') return [concept, { resource: 'location', uuid, aggregate: 'location' }, ...placed];
  return [concept, ...placed];
}

/**
 * The obs of a record: the tree as one list, keyed by the uuids known everywhere, which whoever typed an obs has minted. A
 * changed obs is another one under another uuid (openmrs-core ObsServiceImpl.saveObs), so that none is ever changed in place.
 */
export const obsList = (owner: Owner): ListSpec => ({
  name: 'obs',
  owner,
  shape: z.unknown(),
  read: (item: ObsItem, context: ItemContext) => {
    const fields = fieldsOf(item, context);
    return {
      key: context.canonicalUuid('obs', item.uuid),
      value: heartText(item, context),
      fields,
      uuid: item.uuid,
      references: referencesOf(item, fields, context),
    };
  },
  body: () => ({}),
  written: { by: 'obs' },
  refersTo: ['location'],
  names: ['concept', 'drug'],
  fields: Object.keys(OBS_FIELDS),
  told: (items, platform) =>
    obsFieldsTold(
      (items as readonly ObsItem[]).map(({ told }) => told),
      platform,
    ),
  keyedBy: 'obs',
  // Same encounter, concept, group and form path: one follows the other.
  replaced: { slot: ['concept', 'group'], slotFields: ['formFieldNamespace', 'formFieldPath'], within: 'group' },
  sameKey: 'one-item',
});

/**
 * Obs that are told and cannot be written: bytes (of which REST tells only where they are), and groups and obs that say
 * nothing without them. They are a loss that every read back proves, and no reason to leave the others behind.
 */
export const notCarriedList = (owner: Owner): ListSpec => ({
  name: 'obsNotCarried',
  owner,
  shape: z.unknown(),
  read: (item: ObsItem, context: ItemContext) => ({
    key: context.canonicalUuid('obs', item.uuid),
    value: heartText(item, context),
    uuid: item.uuid,
    references: [],
  }),
  body: () => ({}),
  written: { by: 'obs' },
  keyedBy: 'obs',
  sameKey: 'one-item',
});

/** The heart of one obs as a body of its own tells it, voided or not, members aside. */
export function heartAsTold(body: Body, context: ItemContext): string | null {
  const { obs, notCarried } = flattenBody({ ...body, voided: false, groupMembers: null }, 'Observation');
  const group = RefShape.safeParse(body['obsGroup']);
  const [item] = [...obs, ...notCarried];
  return item === undefined ? null : heartText({ ...item, group: group.success ? uuidOfRef(group.data) : null }, context);
}
