import { BugError } from '@sync-hub/contracts';
import { coverName, itemPath, type Scalar } from '@sync-hub/merge';
import type { z } from 'zod';
import { type CanonicalRecord, type Provenance, type Reference, SHAPE_VERSION } from './canonical.js';
import { type Body, type CategorySpec, type DecodeOptions, partOf, scalarOwner } from './category-spec.js';
import { labelsOf, namesTold } from './labels.js';
import { type ItemContext, itemFieldPath, type ListSpec, type Owner, type ReadItem, twinPath } from './list.js';
import { mergedBy, saidOfLife } from './merge-rules.js';
import { kindBehind } from './metadata-references.js';
import { toldOf } from './nested-scalars.js';
import { namedIn, textOfNamed } from './ordered-references.js';
import { type Platform, sameUuid, type UuidTranslation } from './platform.js';
import { misfit, RefShape, readShape, uuidOfRef } from './read-shape.js';
import { instantOf, type Pointing } from './scalars.js';
import { stampOf } from './stamp.js';

/** What a part of a body adds to the record. */
interface Told {
  readonly fields: Record<string, Scalar>;
  readonly covers: string[];
  readonly references: Reference[];
  readonly itemUuids: Record<string, string>;
}

/** A checked body as the one in-house shape; see `Category.decode`. */
export function decodeBody(spec: CategorySpec, shape: z.ZodType<Body>, raw: unknown, options: DecodeOptions): CanonicalRecord {
  const told = readShape(shape, raw, spec.title);
  requireKind(spec, told);
  const localOf = new Map<string, string>();
  const context: ItemContext = { platform: options.platform, canonicalUuid: remembering(options.canonicalUuid ?? sameUuid, localOf) };
  const record = decodeTold(spec, spec.unfold?.(told, context) ?? told, context, options);
  const labels = labelsOf(namesTold(raw), { ...record, localOf });
  return Object.keys(labels).length === 0 ? record : { ...record, labels };
}

/** A translation that says afterwards what it was asked for: names in a body stand beside the uuids of that body. */
const remembering =
  (translate: UuidTranslation, localOf: Map<string, string>): UuidTranslation =>
  (kind, local) => {
    const uuid = translate(kind, local);
    localOf.set(uuid, local);
    return uuid;
  };

function decodeTold(spec: CategorySpec, body: Body, context: ItemContext, options: DecodeOptions): CanonicalRecord {
  const told: Told = { fields: { ...spec.says?.fields }, covers: [...(spec.says?.covers ?? [])], references: [], itemUuids: {} };
  tellScalars(spec, body, context, told);
  for (const list of toldLists(spec, context.platform)) tellList(spec, list, body, { context, told });
  const deleted = spec.owners.some(({ owner }) => partOf(spec, body, owner)?.[spec.deleted] === true);
  const provenance = provenanceOf(body['auditInfo']);
  const shown = deleted && !spec.toldWhenDeleted ? { fields: {}, covers: [], references: [], itemUuids: {} } : told;
  return {
    record: options.record,
    category: spec.name,
    shape: SHAPE_VERSION,
    client: options.client,
    presence: deleted ? 'voided' : 'present',
    ...shown,
    covers: [...shown.covers].sort(),
    stamp: stampOf(rowsOf(spec, body), told.fields),
    provenance,
    ...mergedBy(spec),
    ...saidOfLife(spec, body, { deleted, provenance }),
  };
}

/** Of two lists of one name the one that the platform has. */
const toldLists = ({ lists }: CategorySpec, platform: Platform): readonly ListSpec[] =>
  lists.filter((list) => (list.onlyWhere?.(platform) ?? true) || !lists.some((other) => other !== list && other.name === list.name));

/** Refuses a body of another kind: shapes are tolerant, so that almost any would fit. Its own link says what it is, where it has one. */
function requireKind(spec: CategorySpec, body: Body): void {
  const owner = scalarOwner(spec);
  if (!(spec.telltale in (partOf(spec, body, owner) ?? {})))
    throw misfit(spec.title, [...placeOf(spec, owner), spec.telltale], 'missing', 'a body that tells it');
  const own = selfLinkOf(body);
  if (own !== undefined && own !== spec.resource) throw misfit(spec.title, ['links'], 'a link to another resource', `a link to a ${spec.resource}`);
}

function selfLinkOf({ links }: Body): string | undefined {
  const self = Array.isArray(links) ? (links as readonly Body[]).find((link) => link?.['rel'] === 'self')?.['uri'] : undefined;
  return typeof self === 'string' ? /\/ws\/rest\/v1\/([a-z]+)\/[^/?]+$/.exec(self)?.[1] : undefined;
}

/** Where in a body an owner's part stands. */
const placeOf = (spec: CategorySpec, owner: Owner): readonly string[] =>
  spec.owners.find((candidate) => candidate.owner === owner)?.at === 'person' ? ['person'] : [];

/** The rows whose writes are writes of this record: its own, and its lists' items. */
export function rowsOf(spec: CategorySpec, body: Body): readonly unknown[] {
  const parts = spec.owners.map(({ owner }) => partOf(spec, body, owner) ?? {});
  const items = spec.lists.flatMap((list) => (partOf(spec, body, list.owner)?.[list.name] ?? []) as readonly unknown[]);
  return [...parts, ...items];
}

function tellScalars(spec: CategorySpec, body: Body, { platform, canonicalUuid }: ItemContext, told: Told): void {
  const part = partOf(spec, body, scalarOwner(spec)) ?? {};
  for (const name of spec.scalarsOn(platform)) {
    const kind = spec.scalars[name];
    const said = toldOf(spec, part, name);
    if (kind === undefined || said === undefined) continue;
    const own = kind.normalise(said);
    if (kind.refersToMany !== undefined) {
      tellOrdered(name, own, canonicalUuid, told);
      continue;
    }
    if (kind.pointsTo !== undefined) {
      tellPointing(name, own, kind.pointsTo, { canonicalUuid, told });
      continue;
    }
    const { resource, aggregate } = kind.refersTo ?? { resource: '', aggregate: null };
    const kindOfTarget = kindBehind({ resource, aggregate });
    const value = typeof own === 'string' && kindOfTarget !== null ? canonicalUuid(kindOfTarget, own) : own;
    told.fields[name] = value;
    told.covers.push(name);
    if (kind.refersTo !== undefined && typeof value === 'string') told.references.push({ path: name, resource, uuid: value, aggregate });
  }
}

function tellOrdered(name: string, own: Scalar, canonicalUuid: UuidTranslation, told: Told): void {
  const named = namedIn(own).map(({ resource, uuid }) => {
    const kind = kindBehind({ resource, aggregate: null });
    return { resource, uuid: kind === null ? uuid : canonicalUuid(kind, uuid) };
  });
  told.fields[name] = textOfNamed(named);
  told.covers.push(name);
  for (const one of named) told.references.push({ path: name, ...one, aggregate: null });
}

interface Telling {
  readonly canonicalUuid: UuidTranslation;
  readonly told: Told;
}

function tellPointing(name: string, own: Scalar, pointing: Pointing, { canonicalUuid, told }: Telling): void {
  const value = typeof own === 'string' ? pointing.moved(own, canonicalUuid) : null;
  told.fields[name] = value;
  told.covers.push(name);
  const leadsTo = value === null ? null : pointing.leadsTo(value);
  if (leadsTo !== null) told.references.push({ path: name, ...leadsTo });
}

function tellList(spec: CategorySpec, list: ListSpec, body: Body, { context, told }: { readonly context: ItemContext; readonly told: Told }): void {
  const raw = partOf(spec, body, list.owner)?.[list.name] as readonly unknown[] | null | undefined;
  if (raw === undefined || raw === null) return;
  const place = [...placeOf(spec, list.owner), list.name];
  const read = raw.map((item, index) =>
    isWithheld(item) ? 'unknown' : list.read(readShape(list.shape, item, spec.title, [...place, index]) as never, context),
  );
  if (read.includes('unknown')) return;
  const items = read.filter((item): item is ReadItem => item !== null && item !== 'unknown');
  told.covers.push(list.name, ...(list.told?.(raw, context.platform) ?? []).map((field) => coverName(list.name, field)));
  const keyed = keyItems(list, items);
  for (const { key, items: same } of keyed) tellItem(list, key, same, told);
  if (list.preferred === undefined) return;
  const preferred = preferredKey(keyed);
  if (preferred === 'unknown') return;
  told.fields[list.preferred.field] = preferred;
  told.covers.push(list.preferred.field);
}

/** What webservices.rest tells of an item that its reader has no privilege to see: an object without a key. */
const isWithheld = (item: unknown): boolean => item !== null && typeof item === 'object' && Object.keys(item).length === 0;

interface KeyedItems {
  readonly key: string;
  readonly items: readonly ReadItem[];
}

/** Items of one key together, sorted by key. Where they are numbered each stands alone, as `key#2` from the second value on. */
function keyItems(list: ListSpec, items: readonly ReadItem[]): readonly KeyedItems[] {
  const keyed = [...grouped(items)].flatMap(([key, same]): KeyedItems[] => {
    if (list.sameKey === 'one-item') return [{ key, items: [...same].sort((a, b) => rank(a) - rank(b) || compare(a.uuid ?? '', b.uuid ?? '')) }];
    const byValue = [...same].sort((a, b) => compare(String(a.value), String(b.value)) || compare(a.uuid ?? '', b.uuid ?? ''));
    return byValue.map((item, index) => ({ key: index === 0 ? key : `${key}#${index + 1}`, items: [item] }));
  });
  return keyed.sort((a, b) => compare(a.key, b.key));
}

function grouped(items: readonly ReadItem[]): Map<string, ReadItem[]> {
  const groups = new Map<string, ReadItem[]>();
  for (const item of items) groups.set(item.key, [...(groups.get(item.key) ?? []), item]);
  return groups;
}

function tellItem(list: ListSpec, key: string, [item, ...twins]: readonly ReadItem[], told: Told): void {
  if (item === undefined) return;
  const path = itemPath(list.name, key);
  told.fields[path] = item.value;
  for (const [field, value] of Object.entries(item.fields ?? {})) told.fields[itemFieldPath(list.name, key, field)] = value;
  for (const { field, ...reference } of item.references) {
    if (reference.aggregate !== null && list.refersTo?.includes(reference.aggregate) !== true)
      throw new BugError('a list refers to a kind of record that it does not name', { list: list.name, aggregate: reference.aggregate });
    if (reference.aggregate === null && list.names?.includes(reference.resource) !== true)
      throw new BugError('a list refers to a kind of metadata that it does not name', { list: list.name, resource: reference.resource });
    told.references.push({ path: field === undefined ? path : itemFieldPath(list.name, key, field), ...reference });
  }
  for (const [index, { uuid }] of [item, ...twins].entries()) if (uuid !== undefined) told.itemUuids[twinPath(path, index + 1)] = uuid;
}

/** The preferred item: the marked one, else the only one, else, where the body does say and marks none, the first by key. */
function preferredKey(keyed: readonly KeyedItems[]): string | null | 'unknown' {
  const [first, ...others] = keyed;
  if (first === undefined) return null;
  const marked = keyed.find(({ items }) => items.some((item) => item.preferred === true));
  if (marked !== undefined) return marked.key;
  if (others.length === 0) return first.key;
  return keyed.every(({ items }) => items.every((item) => item.preferred !== undefined)) ? first.key : 'unknown';
}

function provenanceOf(audit: unknown): Provenance {
  const row = (audit ?? {}) as Readonly<Record<string, unknown>>;
  return {
    creator: userOf(row['creator']),
    dateCreated: moment(row['dateCreated']),
    changedBy: userOf(row['changedBy']),
    dateChanged: moment(row['dateChanged']),
  };
}

const moment = (value: unknown): string | null => (typeof value === 'string' ? instantOf(value) : null);
const userOf = (value: unknown): string | null => {
  const user = RefShape.safeParse(value);
  return user.success ? uuidOfRef(user.data) : null;
};
const rank = (item: ReadItem): number => (item.preferred === true ? 0 : 1);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
