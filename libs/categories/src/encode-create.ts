import { type Aggregate, RefusedError } from '@sync-hub/contracts';
import { type Fields, fieldName, itemPath, type Scalar } from '@sync-hub/merge';
import type { CanonicalRecord, Provenance } from './canonical.js';
import { type CategorySpec, scalarOwner } from './category-spec.js';
import { itemFieldPath, type ListSpec, listPathOf, listsOn, type Owner, partsOf, type WantedItem } from './list.js';
import { kindBehind } from './metadata-references.js';
import { folded, holderOf } from './nested-scalars.js';
import { namedIn } from './ordered-references.js';
import { addressParts } from './person-lists.js';
import { pathFor } from './place.js';
import { obsOfCreate } from './plan-obs.js';
import { type Platform, sameUuid, type UuidTranslation } from './platform.js';
import { instant, text } from './scalars.js';
import type { Step } from './step.js';

/** What a request that writes may depend on. */
export interface EncodeOptions {
  readonly platform: Platform;
  /** From uuids known everywhere to the site's own. Without it they are one. */
  readonly localUuid?: UuidTranslation;
  /** Who made the record and when, where the site takes that. */
  readonly provenance?: Pick<Provenance, 'creator' | 'dateCreated'>;
}

/** The items of a list that `fields` hold, by key. */
export function wantedItems(list: ListSpec, fields: Fields): ReadonlyMap<string, WantedItem> {
  const items = new Map<string, WantedItem>();
  for (const [path, value] of Object.entries(fields)) {
    const at = listPathOf(path);
    if (at === null || at.list !== list.name || at.field !== null) continue;
    const own = (list.fields ?? []).map((field) => [field, fields[itemFieldPath(list.name, at.key, field)] ?? null] as const);
    items.set(at.key, { key: at.key, value, fields: Object.fromEntries(own) });
  }
  return items;
}

/** The one request that creates the record; see `Category.encodeCreate`. */
export function encodeCreate(spec: CategorySpec, canonical: CanonicalRecord, { platform, localUuid = sameUuid, provenance }: EncodeOptions): Step {
  requireWritable(spec, platform);
  requireMakeable(spec, canonical.fields);
  requireComplete(spec, canonical.fields, platform);
  const own = {
    ...spec.madeWith,
    ...scalarsBody(spec, canonical.fields, platform, localUuid),
    ...listsBody(spec, canonical, scalarOwner(spec), { platform, localUuid }),
    ...(spec.lists.some(({ written }) => written.by === 'obs') ? obsOfCreate(spec, canonical.fields, { platform, localUuid }) : {}),
  };
  const nested = spec.owners.some(({ at }) => at === 'person');
  const uuid = canonical.record.uuid;
  if (!nested) {
    const path = pathFor(spec, canonical.fields, localUuid);
    return { method: 'POST', path, body: { ...(takesUuid(spec, platform) ? { uuid } : {}), ...madeBody(provenance), ...own }, creates: 'record' };
  }
  // A patient's uuid is taken only as its person's (PatientResource1_8.create), there by every version.
  return {
    method: 'POST',
    path: spec.resource,
    body: { ...listsBody(spec, canonical, 'patient', { platform, localUuid }), person: { uuid, ...own } },
    creates: 'record',
  };
}

/** Does a site take our uuid for a new record of the kind? What is below another is made as its parts are. */
export const takesUuid = ({ under }: Pick<CategorySpec, 'under'>, { takesUuids, takesItemUuids }: Platform): boolean =>
  under === undefined ? takesUuids : takesItemUuids;

/** Who and when as a body takes it. */
export const madeBody = (provenance: EncodeOptions['provenance']): Record<string, string> => ({
  ...(provenance?.dateCreated ? { dateCreated: String(instant.encode(provenance.dateCreated)) } : {}),
  ...(provenance?.creator ? { creator: provenance.creator } : {}),
});

/** The lists of one owner as a create body takes them: nested, with the uuids their items have at the source. */
export function listsBody(
  spec: CategorySpec,
  canonical: Pick<CanonicalRecord, 'fields' | 'itemUuids'>,
  owner: Owner,
  { platform, localUuid = sameUuid }: EncodeOptions,
): Record<string, unknown> {
  const lists = listsOn(spec, platform)
    .filter((list) => list.owner === owner && (list.unsupported?.(platform) ?? null) === null)
    .map((list) => [list.name, itemBodies(list, canonical, { platform, localUuid })] as const);
  return Object.fromEntries(lists.filter(([, items]) => items.length > 0));
}

function itemBodies(
  list: ListSpec,
  { fields, itemUuids }: Pick<CanonicalRecord, 'fields' | 'itemUuids'>,
  { platform, localUuid = sameUuid }: EncodeOptions,
): unknown[] {
  const items = [...wantedItems(list, fields).values()];
  if (list.written.by === 'obs' || list.written.by === 'span' || isWrittenLater(list)) return [];
  if (list.written.by === 'whole-list') return wholeList(list.written.of, items, localUuid);
  requireRoomFor(list, items, platform);
  const preferred = list.preferred === undefined ? undefined : (fields[list.preferred.field] ?? items[0]?.key);
  return inOrder(list, items).map((item) => {
    const uuid = itemUuids[itemPath(list.name, item.key)];
    return {
      ...(uuid === undefined ? {} : { uuid }),
      ...list.body(item, localUuid),
      ...(list.preferred === undefined ? {} : { preferred: item.key === preferred }),
    };
  });
}

/** Is such a list written once the record is there? */
export const isWrittenLater = ({ written }: Pick<ListSpec, 'written'>): boolean => written.by === 'item' && written.afterCreate === true;

/** What must stand first, first. */
const inOrder = ({ first }: ListSpec, items: readonly WantedItem[]): readonly WantedItem[] =>
  first === undefined ? items : [...items.filter(first), ...items.filter((item) => !first(item))];

/** The items of a list that is written as a whole. */
export const wholeList = (of: Aggregate, items: Iterable<Pick<WantedItem, 'key'>>, localUuid: UuidTranslation): string[] =>
  [...items].map(({ key }) => localUuid(of, key));

/** The scalars as a body takes them; nothing is said of those that are empty, but for those whose key must be there. */
function scalarsBody(spec: CategorySpec, fields: Fields, platform: Platform, localUuid: UuidTranslation): Readonly<Record<string, unknown>> {
  const said = spec.scalarsOn(platform).filter((name) => name !== spec.under?.by && (fields[name] ?? null) !== null);
  const empty = (spec.saidEmpty ?? []).filter((name) => !said.includes(name)).map((name) => [name, spec.scalars[name] === text ? '' : null] as const);
  const flat = Object.fromEntries([...said.map((name) => [name, encodeScalar(spec, name, fields[name] ?? null, localUuid)] as const), ...empty]);
  return folded(spec, flat, fields, (name, value) => encodeScalar(spec, name, value, localUuid));
}

/** One scalar as a body takes it. */
export function encodeScalar(spec: CategorySpec, name: string, value: Scalar, localUuid: UuidTranslation): unknown {
  const kind = spec.scalars[name];
  if (kind?.refersToMany !== undefined) return namedIn(value).map((named) => localNamed(named, localUuid));
  const behind = kind?.refersTo === undefined ? null : kindBehind(kind.refersTo);
  const own = typeof value === 'string' && behind !== null ? localUuid(behind, value) : value;
  return kind === undefined ? own : kind.encode(own);
}

function localNamed({ resource, uuid }: { readonly resource: string; readonly uuid: string }, localUuid: UuidTranslation): string {
  const kind = kindBehind({ resource, aggregate: null });
  return kind === null ? uuid : localUuid(kind, uuid);
}

/** Refuses, before anything is sent, what a site of that platform has no way to write. */
export function requireWritable(spec: CategorySpec, platform: Platform): void {
  const reason = spec.unsupported?.(platform) ?? null;
  if (reason !== null) throw new RefusedError('unsupported', `a ${spec.name} cannot be written there: ${reason}`);
}

/** Refuses what no server has a way to make. */
function requireMakeable(spec: CategorySpec, fields: Fields): void {
  const { cannotMake } = spec;
  if (cannotMake?.is(fields) === true) throw new RefusedError('unsupported', `such a ${spec.name} cannot be made there: ${cannotMake.reason}`);
}

/** Refuses what no server takes, before it is sent: a person without a name, a patient without an identifier. */
export function requireComplete(spec: CategorySpec, fields: Fields, platform: Platform): void {
  const there = new Set(Object.entries(fields).flatMap(([path, value]) => (value === null ? [] : [fieldName(path), holderOf(spec, path) ?? []].flat())));
  const has = new Set(spec.scalarsOn(platform));
  const missing = spec.requires.filter((name) => !there.has(name) && (has.has(name) || !(name in spec.scalars)));
  if (missing.length > 0) throw new RefusedError('incomplete', `a ${spec.name} cannot be created without ${missing.join(', ')}`, { fields: missing });
}

/**
 * Refuses an address that uses lines the platform lacks: written without them it would come back as another address,
 * and each look at either side would double it.
 */
export function requireRoomFor(list: ListSpec, items: Iterable<WantedItem>, platform: Platform): void {
  if (list.name !== 'addresses') return;
  const held = new Set(addressParts(platform));
  const parts = [...items].flatMap((item) => Object.keys(partsOf(item.key)));
  const lacking = [...new Set(parts.filter((part) => !held.has(part)))];
  if (lacking.length > 0) throw new RefusedError('cannot-hold', `the site's platform has no ${lacking.join(', ')}`, { fields: lacking });
}
