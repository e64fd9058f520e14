import { ContractError, RefusedError } from '@sync-hub/contracts';
import { type Fields, itemPath } from '@sync-hub/merge';
import type { CanonicalRecord } from './canonical.js';
import { wantedItems } from './encode-create.js';
import { type ListSpec, twinPath, type WantedItem } from './list.js';
import type { Platform } from './platform.js';

/** What must happen to the rows of one list at the site, so that it holds what is wanted. */
export interface ListChanges {
  /** Rows that stay and get other content. */
  readonly rewritten: readonly { readonly row: string; readonly from: WantedItem; readonly to: WantedItem }[];
  /** Items that no row holds yet; `uuid` where the site takes ours. */
  readonly added: readonly { readonly item: WantedItem; readonly uuid: string | undefined }[];
  readonly removed: readonly string[];
  /** The row that is preferred now, and the one that shall be; `undefined` where nobody knows its uuid yet. */
  readonly preferredNow: string | undefined;
  readonly preferredThen: string | undefined;
  readonly preferredKey: string | undefined;
}

export interface ListSides {
  readonly held: CanonicalRecord;
  /** The source's version: the uuids of its items are offered for new ones, and tell which row an item was before it changed. */
  readonly incoming: CanonicalRecord;
  /** What the target's fields shall be. */
  readonly wanted: Fields;
}

/** Compares a list as it is held with what is wanted. An item whose uuid exists at the site under content that goes is rewritten there. */
export function changesOf(list: ListSpec, { held, incoming, wanted }: ListSides, platform: Platform, takenUuids: ReadonlySet<string>): ListChanges {
  const before = wantedItems(list, held.fields);
  const after = wantedItems(list, wanted);
  if (list.atLeastOne === true && after.size === 0 && before.size > 0)
    throw new RefusedError('last-one', `the last of ${list.name} cannot be removed`, { fields: [list.name] });
  const rowOf = (key: string) => held.itemUuids[itemPath(list.name, key)];
  const goes = new Map([...before.keys()].filter((key) => !after.has(key)).map((key) => [rowOf(key), key]));
  const inPlace = new Map<string, string>();
  for (const key of after.keys()) {
    const uuid = incoming.itemUuids[itemPath(list.name, key)];
    const old = list.madeAnew === true || before.has(key) || uuid === undefined ? undefined : goes.get(uuid);
    if (old !== undefined && !new Set(inPlace.values()).has(old)) inPlace.set(key, old);
  }
  const isAnew = (item: WantedItem): boolean => {
    const old = before.get(item.key);
    return list.changedByAdding !== undefined && old !== undefined && !isSame(old, item);
  };
  const rewritten = [...after.values()].flatMap((to) => {
    const from = before.get(inPlace.get(to.key) ?? to.key);
    return from === undefined || isSame(from, to) || isAnew(to) ? [] : [{ row: requireRow(list, rowOf(from.key)), from, to }];
  });
  const heldRows = new Set(Object.values(held.itemUuids));
  const offered = (key: string): string | undefined => {
    const uuid = incoming.itemUuids[itemPath(list.name, key)];
    return uuid === undefined || list.madeAnew === true || !platform.takesItemUuids || heldRows.has(uuid) || takenUuids.has(uuid) ? undefined : uuid;
  };
  const added = [...after.values()]
    .filter((item) => isAnew(item) || (!before.has(item.key) && !inPlace.has(item.key)))
    .map((item) => ({ item, uuid: offered(item.key) }));
  // Of an item that lives on under other content the first row stays; its twins, and every row of one that goes, are removed.
  const livesOn = new Set(inPlace.values());
  const removed = [...before.keys()].filter((key) => !after.has(key)).flatMap((key) => rowsOf(list, held, key).slice(livesOn.has(key) ? 1 : 0));
  const replaced = list.changedByAdding === 'we-remove' ? [...after.values()].filter(isAnew).flatMap(({ key }) => rowsOf(list, held, key)) : [];
  return {
    rewritten,
    added,
    removed: [...removed, ...replaced],
    ...preferredOf(list, { held, incoming, wanted }, (key) => rowOf(inPlace.get(key) ?? key) ?? added.find(({ item }) => item.key === key)?.uuid),
  };
}

function preferredOf(
  list: ListSpec,
  { held, wanted }: ListSides,
  rowThen: (key: string) => string | undefined,
): Pick<ListChanges, 'preferredNow' | 'preferredThen' | 'preferredKey'> {
  const field = list.preferred?.field;
  const now = field === undefined ? null : held.fields[field];
  const then = field === undefined ? null : wanted[field];
  const isThere = typeof then === 'string' && itemPath(list.name, then) in wanted;
  return {
    preferredNow: typeof now === 'string' ? held.itemUuids[itemPath(list.name, now)] : undefined,
    preferredThen: isThere ? rowThen(then) : undefined,
    preferredKey: isThere ? then : undefined,
  };
}

/** Every row that holds this content: usually one. */
export function rowsOf(list: ListSpec, { itemUuids }: CanonicalRecord, key: string): string[] {
  const rows: string[] = [];
  for (let n = 1, row = itemUuids[twinPath(itemPath(list.name, key), 1)]; row !== undefined; n += 1, row = itemUuids[twinPath(itemPath(list.name, key), n)])
    rows.push(row);
  return rows.length === 0 ? [requireRow(list, undefined)] : rows;
}

function requireRow(list: ListSpec, row: string | undefined): string {
  if (row === undefined) throw new ContractError(`the site tells no uuid for an item of ${list.name}, so it cannot be changed`, { fields: [list.name] });
  return row;
}

const isSame = (a: WantedItem, b: WantedItem): boolean =>
  a.key === b.key && a.value === b.value && Object.entries(b.fields).every(([field, value]) => (a.fields[field] ?? null) === value);
