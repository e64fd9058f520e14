import { RefusedError } from '@sync-hub/contracts';
import { type Fields, fieldName, PRESENCE, type Scalar } from '@sync-hub/merge';
import type { CanonicalRecord } from './canonical.js';
import type { CategorySpec } from './category-spec.js';
import {
  type EncodeOptions,
  encodeCreate,
  encodeScalar,
  listsBody,
  requireComplete,
  requireRoomFor,
  requireWritable,
  wantedItems,
  wholeList,
} from './encode-create.js';
import { type ListSpec, listPathOf, listsOn } from './list.js';
import { changesOf, type ListChanges, type ListSides } from './list-changes.js';
import { folded } from './nested-scalars.js';
import { pathFor } from './place.js';
import { type NestedChanges, nestedChanges } from './plan-nested.js';
import { planObs, type TakenObs } from './plan-obs.js';

import { planSpans } from './plan-spans.js';
import { type Platform, sameUuid, type UuidTranslation } from './platform.js';
import { restoring } from './restoring.js';
import { type Step, VOID_REASON, type Writes } from './step.js';

/** What a plan may depend on beside the record. */
export interface PlanOptions extends EncodeOptions {
  /** Item uuids of ours that the site already uses for rows it does not show, voided ones for instance. */
  readonly takenItemUuids?: ReadonlySet<string>;
  /** Uuids of obs to be added that the site already has, among those that no list of it shows. */
  readonly takenObs?: TakenObs;
}

interface Sides {
  readonly held: CanonicalRecord;
  readonly incoming: CanonicalRecord;
  readonly writes: Writes;
}

interface Planning extends Required<Omit<PlanOptions, 'provenance'>> {
  readonly spec: CategorySpec;
  /** The record's uuid at the site, and its path there. */
  readonly uuid: string;
  readonly path: string;
}

/**
 * The requests, in order, that make the record hold `writes`; see `Category.planSteps`. New and changed items come first,
 * then the record's own scalars with the new preferred items, removals last: so a person is never without a name, a patient
 * never without an identifier, and no list ever has two preferred items.
 */
export function planSteps(spec: CategorySpec, { held, incoming, writes }: Sides, options: PlanOptions): readonly Step[] {
  const { localUuid = sameUuid } = options;
  const planning: Planning = {
    spec,
    localUuid,
    takenItemUuids: new Set(),
    takenObs: new Map(),
    ...options,
    uuid: localUuid(held.record.aggregate, held.record.uuid),
    path: `${resourceFor(spec, held, incoming, localUuid)}/${localUuid(held.record.aggregate, held.record.uuid)}`,
  };
  if (held.presence === 'absent' || held.presence === 'gone') {
    if (writes.presence === 'voided') return [];
    const wanted = overlay({}, writes);
    return [encodeCreate(spec, { ...incoming, fields: wanted }, options), ...spanSteps(planning, { held, incoming, wanted }, true)];
  }
  if (writes.presence !== undefined || writes.fields.size > 0) requireWritable(spec, options.platform);
  if (writes.presence !== undefined && spec.staysInUse !== undefined)
    throw new RefusedError('unsupported', `a ${spec.name} stays in use there: ${spec.staysInUse}`, { fields: [PRESENCE] });
  if (writes.presence === 'voided') return [{ method: 'DELETE', path: `${planning.path}?reason=${VOID_REASON}` }];
  if (writes.presence === 'present') return [{ method: 'POST', path: planning.path, body: restoring(spec, options.platform) }];
  return planUpdate(planning, { held, incoming, wanted: overlay(held.fields, writes) }, writes);
}

/** A patient is voided as one, though written as a person. What is below another record is found by what stands there, or by what is to stand there. */
function resourceFor(spec: CategorySpec, held: CanonicalRecord, incoming: CanonicalRecord, localUuid: UuidTranslation): string {
  if (spec.aggregate === 'person') return held.category;
  return pathFor(spec, held.presence === 'present' ? held.fields : incoming.fields, localUuid);
}

function planUpdate(planning: Planning, sides: ListSides, writes: Writes): readonly Step[] {
  const { spec, platform, takenItemUuids } = planning;
  requireChangeable(spec, writes, platform);
  const becomesPatient = becomingPatient(sides, writes);
  const touched = new Set([...writes.fields.keys()].map((path) => listPathOf(path)?.list ?? path));
  const lists = listsOn(spec, platform)
    .filter(
      (list) =>
        list.written.by === 'item' &&
        (list.unsupported?.(platform) ?? null) === null &&
        !(becomesPatient && list.owner === 'patient') &&
        (touched.has(list.name) || (list.preferred !== undefined && touched.has(list.preferred.field))),
    )
    .map((list) => ({ list, changes: changesOf(list, sides, platform, takenItemUuids) }));
  const obs = spec.lists.some(({ written }) => written.by === 'obs') ? planObs(sides, planning) : { voids: [], creates: [] };
  const nested = nestedLists(planning, sides, touched);
  const own = ownStep(planning, sides, writes, { lists, nested });
  return [
    ...obs.voids,
    ...(becomesPatient ? [patientOf(planning, sides)] : []),
    ...lists.flatMap(({ list, changes }) => itemSteps(planning, list, changes, sides.incoming)),
    ...own,
    // A completed enrollment ends what is open (openmrs-core ProgramWorkflowServiceImpl.savePatientProgram), so that it is completed or reopened first.
    ...spanSteps(planning, sides, own.length > 0),
    ...lists.flatMap(({ list, changes }) => preferSteps(planning, list, changes)),
    ...lists.flatMap(({ list, changes }) => removalSteps(planning, list, changes)),
    ...nested.flatMap(({ list, changes }) => leavingSteps(planning, list, changes)),
    ...obs.creates,
  ];
}

function spanSteps({ spec, uuid, ...options }: Planning, sides: ListSides, writesOwner: boolean): readonly Step[] {
  const writable = listsOn(spec, options.platform).filter((list) => (list.unsupported?.(options.platform) ?? null) === null);
  return writable.flatMap((list) => planSpans(list, sides, { ...options, owner: `${list.owner}/${uuid}`, writesOwner }));
}

function requireChangeable(spec: CategorySpec, writes: Writes, platform: Platform): void {
  const reason = spec.replacedWhenChanged?.(platform) ?? null;
  if (reason !== null && writes.fields.size > 0)
    throw new RefusedError('cannot-change', `a ${spec.name} is not changed in place there: ${reason}`, { fields: namesOf(writes) });
  const fixed = (spec.fixed ?? []).filter((name) => writes.fields.has(name));
  if (fixed.length > 0) throw new RefusedError('cannot-change', `${fixed.join(', ')} of a ${spec.name} cannot be changed`, { fields: fixed });
}

const namesOf = ({ fields }: Writes): string[] => [...new Set([...fields.keys()].map(fieldName))];

function becomingPatient({ held }: ListSides, writes: Writes): boolean {
  const wanted = writes.fields.get('isPatient');
  if (wanted === false && held.category === 'patient')
    throw new RefusedError('stays-a-patient', 'a patient cannot be made a mere person again', { fields: ['isPatient'] });
  return wanted === true && held.category === 'person';
}

/** The person is named by its uuid alone: as an object it would be written onto (webservices.rest ConversionUtil.convertMap). */
function patientOf({ spec, uuid, ...options }: Planning, { incoming, wanted }: ListSides): Step {
  requireComplete(spec, wanted, options.platform);
  return { method: 'POST', path: 'patient', body: { person: uuid, ...listsBody(spec, { fields: wanted, itemUuids: incoming.itemUuids }, 'patient', options) } };
}

function itemSteps(planning: Planning, list: ListSpec, changes: ListChanges, source: CanonicalRecord): Step[] {
  const { localUuid, platform } = planning;
  requireRoomFor(list, [...changes.rewritten.map(({ to }) => to), ...changes.added.map(({ item }) => item)], platform);
  const rewrites = changes.rewritten.flatMap(({ row, from, to }): Step[] => {
    const body = changedParts(list, list.body(from, localUuid), list.body(to, localUuid));
    return Object.keys(body).length === 0 ? [] : [{ method: 'POST', path: `${itemsPath(planning, list)}/${row}`, body }];
  });
  const creates = changes.added.map(({ item, uuid }): Step => {
    const preferred = isBornPreferred(planning, list, changes, item.key) ? { preferred: true } : {};
    return {
      method: 'POST',
      path: itemsPath(planning, list),
      body: { ...(uuid === undefined ? {} : { uuid }), ...list.bornWith?.(source), ...list.body(item, localUuid), ...preferred },
      creates: 'item',
    };
  });
  return [...rewrites, ...creates];
}

/** A new item is created as the preferred one only where that cannot leave two: none was there, or the server unmarks the others. */
const isBornPreferred = ({ platform }: Planning, list: ListSpec, changes: ListChanges, key: string): boolean =>
  key === changes.preferredKey && (changes.preferredNow === undefined || (list.preferred?.set === 'on-the-item' && platform.demotesIdentifiers));

/** The scalars, whole lists, and the preferred name and address, in one request. */
function ownStep(
  { spec, uuid, path, platform, localUuid }: Planning,
  { wanted }: ListSides,
  writes: Writes,
  { lists, nested }: { readonly lists: readonly { list: ListSpec; changes: ListChanges }[]; readonly nested: readonly NestedList[] },
): Step[] {
  const known = new Set(spec.scalarsOn(platform));
  const scalars = [...writes.fields].flatMap(([name, value]) => (known.has(name) ? [[name, encodeScalar(spec, name, value ?? null, localUuid)] as const] : []));
  const touched = new Set([...writes.fields.keys()].map((name) => listPathOf(name)?.list));
  const whole = listsOn(spec, platform).flatMap((list) =>
    list.written.by === 'whole-list' && touched.has(list.name)
      ? [[list.name, wholeList(list.written.of, wantedItems(list, wanted).values(), localUuid)] as const]
      : [],
  );
  const preferred = lists.flatMap(({ list, changes }) =>
    list.preferred?.set === 'through-owner' && mustPrefer(changes) ? [[list.preferred.field, changes.preferredThen] as const] : [],
  );
  const own = folded(spec, Object.fromEntries(scalars), wanted, (name, value) => encodeScalar(spec, name, value, localUuid));
  const bodies = nested.map(({ list, changes }) => [list.name, changes.bodies] as const);
  const body: Record<string, unknown> = Object.fromEntries<unknown>([...Object.entries(own), ...whole, ...bodies, ...preferred]);
  return Object.keys(body).length === 0 ? [] : [{ method: 'POST', path: spec.aggregate === 'person' ? `person/${uuid}` : path, body }];
}

interface NestedList {
  readonly list: ListSpec;
  readonly changes: NestedChanges;
}

const nestedLists = ({ spec, platform, localUuid }: Planning, sides: ListSides, touched: ReadonlySet<string>): readonly NestedList[] =>
  listsOn(spec, platform)
    .filter(({ name, written }) => written.by === 'nested' && touched.has(name))
    .map((list) => ({ list, changes: nestedChanges(list, sides, localUuid) }));

function leavingSteps({ uuid }: Planning, { owner, written }: ListSpec, { leaving }: NestedChanges): Step[] {
  const path = written.by === 'nested' ? written.leaves?.path : undefined;
  return leaving.map((row) => ({ method: 'DELETE', path: `${owner}/${uuid}/${path ?? ''}/${row}?reason=${VOID_REASON}` }));
}

function preferSteps(planning: Planning, list: ListSpec, changes: ListChanges): Step[] {
  if (list.preferred?.set !== 'on-the-item' || !mustPrefer(changes)) return [];
  if (changes.added.some(({ item }) => isBornPreferred(planning, list, changes, item.key))) return [];
  const mark = (row: string, preferred: boolean): Step => ({ method: 'POST', path: `${itemsPath(planning, list)}/${row}`, body: { preferred } });
  const unmark = changes.preferredNow === undefined || planning.platform.demotesIdentifiers ? [] : [mark(changes.preferredNow, false)];
  return [...unmark, mark(changes.preferredThen, true)];
}

/** The preferred identifier stays while only the server knows the uuid of the one that follows it: the next plan marks that one first. */
function removalSteps(planning: Planning, list: ListSpec, changes: ListChanges): Step[] {
  const isBorn = changes.added.some(({ item }) => isBornPreferred(planning, list, changes, item.key));
  const waits = list.preferred?.set === 'on-the-item' && changes.preferredKey !== undefined && changes.preferredThen === undefined && !isBorn;
  const rows = changes.removed.filter((row) => !(waits && row === changes.preferredNow));
  return rows.map((row) => ({ method: 'DELETE', path: `${itemsPath(planning, list)}/${row}?reason=${VOID_REASON}` }));
}

/** False too where the row that shall be preferred gets its uuid from the server: the next plan, made from what was read back, sees to it. */
const mustPrefer = (changes: ListChanges): changes is ListChanges & { preferredThen: string } =>
  changes.preferredThen !== undefined &&
  changes.preferredThen !== changes.preferredNow &&
  !(changes.preferredNow === undefined && changes.added.some(({ item }) => item.key === changes.preferredKey));

const itemsPath = ({ uuid }: Planning, list: ListSpec): string => `${list.owner}/${uuid}/${'path' in list.written ? list.written.path : ''}`;

/** What of an item's body is new; what is no more there is emptied, where that can be. */
function changedParts(list: ListSpec, from: Readonly<Record<string, unknown>>, to: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const changed = Object.entries(to).filter(([part, value]) => from[part] !== value);
  const emptied = Object.keys(from).filter((part) => !(part in to) && !list.cannotClear?.includes(part));
  return Object.fromEntries([...changed, ...emptied.map((part) => [part, null] as const)]);
}

/** Fields as they shall be: what is held, with the writes on top. */
export function overlay(held: Fields, writes: Writes): Fields {
  const fields: Record<string, Scalar> = { ...held };
  for (const [path, value] of writes.fields) {
    if (value === undefined) delete fields[path];
    else fields[path] = value;
  }
  return fields;
}
