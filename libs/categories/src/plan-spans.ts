import { itemPath } from '@sync-hub/merge';
import { wantedItems } from './encode-create.js';
import type { ListSpec, WantedItem } from './list.js';
import { type ListSides, rowsOf } from './list-changes.js';
import type { Platform, UuidTranslation } from './platform.js';
import type { Step } from './step.js';

/** What of a plan the steps of spans depend on. */
export interface SpanPlanning {
  /** The owner's path, `programenrollment/<uuid>`. */
  readonly owner: string;
  readonly platform: Platform;
  readonly localUuid: UuidTranslation;
  readonly takenItemUuids: ReadonlySet<string>;
  /** Does anything else of the plan write the owner's own row? Of a span that only changes no feed tells. */
  readonly writesOwner: boolean;
}

/**
 * The requests that make a list of spans hold what is wanted. No two may lie over each other at any moment, and one at most is open: so those that go,
 * go first, then one that another follows is ended in place, and the new ones come in the order of time. A span that changes in any other way goes and is
 * made anew, because of that the feed tells.
 */
export function planSpans(list: ListSpec, sides: ListSides, planning: SpanPlanning): readonly Step[] {
  if (list.written.by !== 'span') return [];
  const before = wantedItems(list, sides.held.fields);
  const after = wantedItems(list, sides.wanted);
  const changed = [...after.values()].filter((item) => before.has(item.key) && endOf(before.get(item.key)) !== endOf(item));
  const born = [...after.values()].filter(({ key }) => !before.has(key));
  const isTold = planning.writesOwner || born.length > 0;
  const ended = changed.filter((item) => isTold && endsSooner(item, before.get(item.key)));
  const anew = changed.filter((item) => !ended.includes(item));
  const gone = [...before.keys()].filter((key) => !after.has(key) || anew.some((item) => item.key === key));

  const path = `${planning.owner}/${list.written.path}`;
  const rows = (key: string): readonly string[] => rowsOf(list, sides.held, key);
  return [
    // A deletion would open the span before it again, and only the last may go so (webservices.rest PatientStateResource1_8.delete).
    ...gone.flatMap(rows).map((row): Step => ({ method: 'POST', path: `${path}/${row}`, body: { voided: true } })),
    ...ended.flatMap((item) => rows(item.key).map((row): Step => ({ method: 'POST', path: `${path}/${row}`, body: { endDate: endOf(item) } }))),
    ...[...anew, ...born].sort(byBeginning).map((item) => begin(list, item, { path, sides, planning })),
  ];
}

interface Beginning {
  readonly path: string;
  readonly sides: ListSides;
  readonly planning: SpanPlanning;
}

function begin(list: ListSpec, item: WantedItem, { path, sides, planning }: Beginning): Step {
  const uuid = sides.incoming.itemUuids[itemPath(list.name, item.key)];
  const isFree = uuid !== undefined && !planning.takenItemUuids.has(uuid) && !Object.values(sides.held.itemUuids).includes(uuid);
  return {
    method: 'POST',
    path,
    body: { ...(isFree && planning.platform.takesItemUuids ? { uuid } : {}), ...list.body(item, planning.localUuid) },
    creates: 'item',
  };
}

const endOf = (item: WantedItem | undefined): string | null => (item?.fields['endDate'] ?? null) as string | null;

function endsSooner(now: WantedItem, before: WantedItem | undefined): boolean {
  const [end, old] = [endOf(now), endOf(before)];
  return end !== null && (old === null || end < old);
}

const beginningOf = ({ key }: WantedItem): string => key.slice(key.indexOf('|') + 1);
const byBeginning = (a: WantedItem, b: WantedItem): number => (beginningOf(a) < beginningOf(b) ? -1 : 1);
