import { itemPath } from '@sync-hub/merge';
import { wantedItems } from './encode-create.js';
import type { ListSpec, WantedItem } from './list.js';
import { type ListSides, rowsOf } from './list-changes.js';
import type { UuidTranslation } from './platform.js';

/** What becomes of a list that is written as bodies in one list. */
export interface NestedChanges {
  readonly bodies: readonly Readonly<Record<string, unknown>>[];
  /** Rows that are removed one by one, once the list is written. */
  readonly leaving: readonly string[];
}

/**
 * A list as the record's own request shall name it. What stays keeps its row. New items get none: a uuid that the site has given to something else would be
 * written onto (webservices.rest 3.4 ConversionUtil.convertMap). A row that leaves is given to a new item that is alike; the others stay in the list until
 * they are removed, because a server deletes what is not in it.
 */
export function nestedChanges(list: ListSpec, { held, wanted }: ListSides, localUuid: UuidTranslation): NestedChanges {
  const leaves = list.written.by === 'nested' ? list.written.leaves : undefined;
  const [before, after] = [wantedItems(list, held.fields), wantedItems(list, wanted)];
  const going = [...before.values()].filter(({ key }) => !after.has(key));
  const taken = new Map<string, string>();
  const takeOver = (item: WantedItem): string | undefined => {
    const alike = going.find((one) => !taken.has(one.key) && leaves?.alike(one.key) === leaves?.alike(item.key));
    if (leaves === undefined || alike === undefined) return undefined;
    taken.set(alike.key, item.key);
    return rowsOf(list, held, alike.key)[0];
  };
  const staying = [...after.values()].map((item) => {
    const uuid = before.has(item.key) ? held.itemUuids[itemPath(list.name, item.key)] : takeOver(item);
    return { ...(uuid === undefined ? {} : { uuid }), ...list.body(item, localUuid) };
  });
  if (leaves === undefined) return { bodies: staying, leaving: [] };
  const left = going.filter(({ key }) => !taken.has(key)).flatMap((item) => rowsOf(list, held, item.key).map((uuid) => ({ uuid, item })));
  return {
    bodies: [...staying, ...left.map(({ uuid, item }) => ({ uuid, ...list.body(item, localUuid), ...leaves.as }))],
    leaving: left.map(({ uuid }) => uuid),
  };
}
