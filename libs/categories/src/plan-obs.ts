import { type Fields, itemPath } from '@sync-hub/merge';
import type { CanonicalRecord } from './canonical.js';
import type { CategorySpec } from './category-spec.js';
import { type ObsWriting, obsIn, obsTree, type WantedObs } from './obs-body.js';
import { obsFieldsOn } from './obs-fields.js';
import type { Inherited } from './obs-list.js';
import type { Platform, UuidTranslation } from './platform.js';
import { OBS_VOID_REASON, type Step } from './step.js';

/** What the site already has under the uuid of an obs that is to be added: the same one, voided; or something else. */
export type TakenObs = ReadonlyMap<string, 'voided-here' | 'elsewhere'>;

interface ObsSides {
  readonly held: CanonicalRecord;
  /** What the target's fields shall be. */
  readonly wanted: Fields;
}

interface Planned {
  readonly spec: Pick<CategorySpec, 'aggregate'>;
  /** The record's uuid at the site. */
  readonly uuid: string;
  readonly platform: Platform;
  readonly localUuid: UuidTranslation;
  readonly takenObs: TakenObs;
}

/**
 * The requests that make the site hold the wanted obs: those that go are voided before the encounter is written, because it
 * would write anew what inherited its time or place; those that come are created after it. None is changed in place: one whose
 * content differs under its own uuid is voided and comes back under a uuid of the server's (openmrs-core ObsServiceImpl.saveObs).
 */
export function planObs({ held, wanted }: ObsSides, planned: Planned): { readonly voids: readonly Step[]; readonly creates: readonly Step[] } {
  const [before, after] = [obsIn(held.fields), obsIn(wanted)];
  const inherited = { before: inheritedFrom(held.fields), after: inheritedFrom(wanted) };
  const changed = [...after.values()].filter((item) => isChanged(before.get(item.key), item, inherited, planned.platform));
  const remade = withMembers(changed, after);
  const goes = (key: string): boolean => before.has(key) && (!after.has(key) || remade.has(key));
  const gone = [...obsIn(held.fields, 'obsNotCarried').values()].filter(({ key }) => !obsIn(wanted, 'obsNotCarried').has(key) && !after.has(key));
  const tops = [...before.values()].filter(({ key, group }) => goes(key) && !(group !== null && goes(group)));
  const added = [...after.values()].filter(({ key }) => !before.has(key) || remade.has(key));
  return {
    voids: [...tops, ...gone].map(({ key }) => voidStep(rowOf(held, key, planned))),
    creates: createSteps(added, { held, wanted, after, remade }, planned),
  };
}

interface Coming {
  readonly held: CanonicalRecord;
  readonly wanted: Fields;
  readonly after: ReadonlyMap<string, WantedObs>;
  readonly remade: ReadonlySet<string>;
}

function createSteps(added: readonly WantedObs[], { held, wanted, after, remade }: Coming, planned: Planned): Step[] {
  const { spec, platform, takenObs } = planned;
  // Where the site brings nothing back, what was voided there is made once more, under a uuid of the server's: one request for a group with its members.
  const isRestored = ({ key }: WantedObs): boolean => platform.undeletes && takenObs.get(key) === 'voided-here' && !remade.has(key);
  const restored = new Map(added.filter(isRestored).map((item) => [item.key, item]));
  const made = new Map(added.filter(({ key }) => !restored.has(key)).map((item) => [item.key, item]));
  const withoutUuid = new Set([...made.keys()].filter((key) => remade.has(key) || takenObs.has(key)));
  // Obs that are written by themselves inherit nothing at the server, so that they say everything.
  const every = { ...personOf(spec, wanted, planned.localUuid), ...(spec.aggregate === 'encounter' ? { encounter: planned.uuid } : {}) };
  const writing: ObsWriting = { platform, localUuid: planned.localUuid, inherited: inheritedFrom(wanted), every, withoutUuid };
  const creates = spec.aggregate === 'obs' ? 'record' : 'item';
  const groups = new Map<string, WantedObs[]>();
  for (const item of made.values()) if (item.group !== null && !made.has(item.group)) groups.set(item.group, [...(groups.get(item.group) ?? []), item]);
  const stays = ({ key }: WantedObs): boolean => !made.has(key) && !restored.has(key);
  return [
    ...[...restored.values()].filter(({ group }) => group === null || !restored.has(group)).map(({ key }) => restoreStep(planned.localUuid('obs', key))),
    ...[...made.values()]
      .filter(({ group }) => group === null)
      .map((root): Step => ({ method: 'POST', path: 'obs', body: rootBody(obsTree(root, made, writing), platform), creates, obs: root.key })),
    // Members of a group that is only just restored, or that the encounter is about to write anew, wait for the next plan, which knows what came.
    ...[...groups]
      .filter(([group]) => !restored.has(group) && !isWrittenAnew(spec, held.fields, wanted))
      .map(([group, items]): Step => {
        const old = [...after.values()].filter((item) => item.group === group && stays(item)).map(({ key }) => rowOf(held, key, planned));
        const groupMembers = [...old, ...items.map((item) => obsTree(item, made, writing))];
        return { method: 'POST', path: `obs/${rowOf(held, group, planned)}`, body: { groupMembers }, ...(spec.aggregate === 'obs' ? { creates } : {}) };
      }),
  ];
}

/** Does writing the encounter write its obs anew, those of groups too: has its time, place or patient changed (openmrs-core EncounterServiceImpl.saveEncounter)? */
const isWrittenAnew = ({ aggregate }: Pick<CategorySpec, 'aggregate'>, before: Fields, after: Fields): boolean =>
  aggregate === 'encounter' && ['encounterDatetime', 'location', 'patient'].some((name) => (before[name] ?? null) !== (after[name] ?? null));

/** Only the root's own uuid depends on whether the site takes one; those of nested members are always kept. */
function rootBody({ uuid, ...body }: Readonly<Record<string, unknown>>, { takesUuids }: Platform): Readonly<Record<string, unknown>> {
  return uuid === undefined || !takesUuids ? body : { uuid, ...body };
}

const restoreStep = (row: string): Step => ({ method: 'POST', path: `obs/${row}`, body: { deleted: 'false' } });

/** The void of one obs. Its reason is its own, because an encounter that is restored brings back every obs voided for the same reason as itself. */
const voidStep = (row: string): Step => ({ method: 'DELETE', path: `obs/${row}?reason=${OBS_VOID_REASON}` });

const rowOf = (held: CanonicalRecord, key: string, { localUuid }: Planned): string =>
  held.itemUuids[itemPath('obs', key)] ?? held.itemUuids[itemPath('obsNotCarried', key)] ?? localUuid('obs', key);

interface BothInherited {
  readonly before: Inherited;
  readonly after: Inherited;
}

/**
 * Does the site hold this obs with another content? What the platform cannot hold, or cuts off, does not count; neither does
 * what it inherits before and after, nor a place of its own that it kept when the encounter moved.
 */
function isChanged(before: WantedObs | undefined, after: WantedObs, inherited: BothInherited, platform: Platform): boolean {
  if (before === undefined) return false;
  if (JSON.stringify(before.heart) !== JSON.stringify(after.heart)) return true;
  const isSame = (name: string): boolean => {
    const [was, is] = [before.fields[name] ?? null, after.fields[name] ?? null];
    return was === is || (isInherited(name) && (was ?? inherited.before[name]) === (is ?? inherited.after[name]));
  };
  return !obsFieldsOn(platform).every((name) => name === 'seconds' || isSame(name));
}

const isInherited = (name: string): name is keyof Inherited => name === 'obsDatetime' || name === 'location';

/** These obs and all that is in their groups: a void takes the members along. */
function withMembers(items: readonly WantedObs[], all: ReadonlyMap<string, WantedObs>): ReadonlySet<string> {
  const keys = new Set(items.map(({ key }) => key));
  for (let grown = -1; grown !== keys.size; ) {
    grown = keys.size;
    for (const { key, group } of all.values()) if (group !== null && keys.has(group)) keys.add(key);
  }
  return keys;
}

/** What the obs of a record inherit: an encounter's time and place. */
export const inheritedFrom = (fields: Fields): Inherited => ({ obsDatetime: fields['encounterDatetime'] ?? null, location: fields['location'] ?? null });

function personOf({ aggregate }: Pick<CategorySpec, 'aggregate'>, fields: Fields, localUuid: UuidTranslation): Record<string, unknown> {
  const person = fields[aggregate === 'encounter' ? 'patient' : 'person'];
  return typeof person === 'string' ? { person: localUuid('person', person) } : {};
}

interface ObsOfCreate {
  readonly platform: Platform;
  readonly localUuid: UuidTranslation;
}

/** The obs of a record that is to be created, as its one body takes them. */
export function obsOfCreate(spec: CategorySpec, fields: Fields, { platform, localUuid }: ObsOfCreate): Record<string, unknown> {
  const all = obsIn(fields);
  const roots = [...all.values()].filter(({ group }) => group === null);
  const writing: ObsWriting = { platform, localUuid, inherited: inheritedFrom(fields), every: personOf(spec, fields, localUuid), withoutUuid: new Set() };
  if (spec.aggregate === 'encounter') return roots.length === 0 ? {} : { obs: roots.map((root) => obsTree(root, all, writing)) };
  const [root] = roots;
  if (root === undefined) return {};
  const { uuid: _uuid, ...own } = obsTree(root, all, writing);
  return own;
}
