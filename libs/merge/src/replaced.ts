import { seenWith } from './agreed.js';
import { coversPath, type Fields, fieldName, isOfList, itemPath } from './fields.js';
import { covers, type Held, heldAt } from './held.js';
import type { End } from './merge-presence.js';
import type { PathVerdict } from './merged.js';
import type { ReplacedList, Version } from './version.js';

/** One path's verdict with the value that flows, if one does. */
export interface Outcome extends PathVerdict {
  readonly value?: Held;
}
type Outcomes = ReadonlyMap<string, Outcome>;

/** An item of such a list as one end holds it, or held it. */
export interface Item {
  readonly path: string;
  readonly value: Held;
  /** What its value and its list say of where it stands. */
  readonly slot: string;
  /** Key of the item it is in. */
  readonly within: string | null;
  /** Its fields; what that end cannot see is missing, what is seen and empty is null. */
  readonly fields: Readonly<Record<string, Held>>;
}

export const isItemOf = (list: string, path: string): boolean => path.startsWith(`${list}[`) && path.endsWith(']');
export const keyOf = (path: string): string => path.slice(path.indexOf('[') + 1, path.lastIndexOf(']'));

/** The items of a list that `fields` hold. `names` says which of their fields could be seen. */
export function itemsIn(spec: ReplacedList, fields: Fields, names: readonly string[]): ReadonlyMap<string, Item> {
  const items = Object.keys(fields).flatMap((path): [string, Item][] => {
    if (!isItemOf(spec.list, path)) return [];
    const heart = partsOf(fields[path]);
    const own = spec.fields.filter((field) => coversPath(names, `${path}.${field}`)).map((field) => [field, fields[`${path}.${field}`] ?? null] as const);
    const slot = JSON.stringify(spec.slot.map((part) => heart[part] ?? null));
    const within = heart[spec.within];
    return [[path, { path, value: fields[path], slot, within: typeof within === 'string' ? within : null, fields: Object.fromEntries(own) }]];
  });
  return new Map(items);
}

function partsOf(value: Held): Readonly<Record<string, unknown>> {
  try {
    const parts: unknown = JSON.parse(String(value));
    return parts !== null && typeof parts === 'object' ? (parts as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** Do two items stand in one slot? What either end cannot see of a slot's fields does not tell them apart. */
export const inOneSlot = (spec: ReplacedList, a: Item, b: Item): boolean =>
  a.slot === b.slot && spec.slotFields.every((field) => !(field in a.fields) || !(field in b.fields) || a.fields[field] === b.fields[field]);

/** Do two items say the same, whatever their keys: in value, in every field that both ends see, and in all that is in them? */
export function sayTheSame(spec: ReplacedList, [a, allA]: readonly [Item, Items], [b, allB]: readonly [Item, Items]): boolean {
  const alike =
    wordOf(spec, a) === wordOf(spec, b) && spec.fields.every((field) => !(field in a.fields) || !(field in b.fields) || a.fields[field] === b.fields[field]);
  if (!alike) return false;
  const [inA, inB] = [membersOf(a, allA), [...membersOf(b, allB)]];
  if (inA.length !== inB.length) return false;
  return inA.every((one) => {
    const at = inB.findIndex((other) => sayTheSame(spec, [one, allA], [other, allB]));
    if (at !== -1) inB.splice(at, 1);
    return at !== -1;
  });
}

/** Do two items hold the same, whatever their keys and what stands beside their values? */
export const holdTheSame = (spec: ReplacedList, a: readonly [Item, Items], b: readonly [Item, Items]): boolean => sayTheSame({ ...spec, fields: [] }, a, b);

export type Items = ReadonlyMap<string, Item>;

/** The value without the key of what it is in. */
const wordOf = ({ within }: ReplacedList, { value }: Item): string => JSON.stringify({ ...partsOf(value), [within]: undefined });

/**
 * Items that came to an end while another took the place of one that it held: in that one's slot, not sent there, and saying what
 * nothing said there before (a server that writes anew what it holds says the same again). And those that came back with an item that was sent there: a server
 * that restores a group restores what was voided with it, also what somebody had replaced elsewhere (openmrs-core BaseUnvoidHandler).
 */
export function cameBeside(
  spec: ReplacedList,
  { before, after, sent }: { readonly before: Version; readonly after: Version; readonly sent: ReadonlyMap<string, Held> },
): readonly string[] {
  const had = itemsIn(spec, before.fields, before.covers);
  const replaced = [...had.values()].filter(({ path }) => sent.has(path) && sent.get(path) === undefined);
  const said = new Set([...had.values()].map((item) => wordOf(spec, item)));
  const came = [...itemsIn(spec, after.fields, after.covers).values()].filter(
    (item) => !had.has(item.path) && !sent.has(item.path) && !said.has(wordOf(spec, item)),
  );
  const brought = [...itemsIn(spec, after.fields, after.covers).values()].filter(({ path, within }) => {
    const container = within === null ? null : itemPath(spec.list, within);
    return container !== null && !had.has(path) && !sent.has(path) && !had.has(container) && sent.get(container) !== undefined;
  });
  return [...new Set([...came.filter((item) => replaced.some((old) => inOneSlot(spec, old, item))), ...brought].map(({ path }) => path))];
}

/**
 * Of the items that a record was created with, those in whose slot by now something else stands that was not sent: they had landed,
 * with all the record, and somebody has replaced them since.
 */
export function replacedSinceCreate(sent: ReadonlyMap<string, Held>, now: Version): readonly string[] {
  const fields = Object.fromEntries([...sent].flatMap(([path, value]) => (value === undefined ? [] : [[path, value] as const])));
  return (now.replaced ?? []).flatMap((spec) => {
    const held = itemsIn(spec, now.fields, now.covers);
    const others = [...held.values()].filter(({ path }) => !sent.has(path));
    const gone = [...itemsIn(spec, fields, now.covers).values()].filter(({ path }) => !held.has(path));
    return gone.filter((item) => others.some((other) => inOneSlot(spec, item, other))).flatMap(pathsOf);
  });
}

export const membersOf = (item: Item, all: Items): readonly Item[] => [...all.values()].filter(({ within }) => within === keyOf(item.path));
export const descendantsOf = (item: Item, all: Items): readonly Item[] => membersOf(item, all).flatMap((member) => [member, ...descendantsOf(member, all)]);

/** Was the item seen, and there, at both ends when they last agreed? */
export function isAgreed(path: string, here: End, there: End): boolean {
  const seen = [seenWith(here.agreed, path), seenWith(there.agreed, path)];
  return seen.every((one) => one !== null && one.value !== undefined);
}

/**
 * Fields that were never seen at both ends, of an item that was agreed and that both still hold: one end has come to tell more
 * than it did. An item of such a list is never changed in place, so each end keeps its own.
 */
export function newlyTold(spec: ReplacedList, outcomes: Outcomes, here: End, there: End): Map<string, Outcome> {
  const told = [...outcomes].filter(([path, { why }]) => {
    if (why !== 'only-one-end-has-it' || fieldName(path) !== spec.list || !isOfList(path) || path.endsWith(']')) return false;
    const item = itemPath(spec.list, keyOf(path));
    return isAgreed(item, here, there) && heldAt(here.version, item) !== undefined && heldAt(there.version, item) !== undefined;
  });
  return new Map(told.map(([path]) => [path, { kind: 'unchanged', why: 'not-in-place' }]));
}

/** Can both ends see the list now, and could they when they last agreed? */
export const isSeenThroughout = ({ list }: ReplacedList, ...ends: readonly End[]): boolean =>
  ends.every(({ version, agreed }) => covers(version, itemPath(list, '')) && agreed.covers.includes(list));

/** Every path of an item: its own and its fields'. */
export const pathsOf = ({ path, fields }: Item): readonly string[] => [
  path,
  ...Object.entries(fields).flatMap(([field, value]) => (value === null ? [] : [`${path}.${field}`])),
];
