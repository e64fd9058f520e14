import type { Aggregate } from '@sync-hub/contracts';
import { itemPath, type ReplacedList, type Scalar } from '@sync-hub/merge';
import type { z } from 'zod';
import type { CanonicalRecord, Kind } from './canonical.js';
import type { Platform, UuidTranslation } from './platform.js';

/** Whose REST body tells a list, and under whose path its items are written. */
export type Owner = Aggregate | 'patient';

/** Something an item points at. `field` is the field of the item that holds it; without one it is the item itself, its key or its value. */
export interface ItemReference {
  readonly field?: string;
  readonly resource: string;
  readonly uuid: string;
  readonly aggregate: Aggregate | null;
  readonly orElse?: readonly Kind[];
}

/** One item of a list as a body tells it. */
export interface ReadItem {
  /** Its natural key: equal at every site that holds the same item. */
  readonly key: string;
  readonly value: Scalar;
  readonly fields?: Readonly<Record<string, Scalar>>;
  /** `undefined` where the body does not say. */
  readonly preferred?: boolean | undefined;
  /** The uuid the item has at this site. */
  readonly uuid?: string | undefined;
  readonly references: readonly ItemReference[];
}

/** One item as it shall be: what a path and its value say. */
export interface WantedItem {
  readonly key: string;
  readonly value: Scalar;
  readonly fields: Readonly<Record<string, Scalar>>;
}

/** What reading an item may depend on. */
export interface ItemContext {
  readonly platform: Platform;
  readonly canonicalUuid: UuidTranslation;
}

/** Items that must be removed one by one, under `path`, once the list no longer needs them: `as` what they are until then, and which new items may have their rows. */
export interface Leaving {
  readonly path: string;
  readonly as: Readonly<Record<string, unknown>>;
  readonly alike: (key: string) => string;
}

/**
 * One list of a category. `read` answers `null` for an item that is not there (voided, or empty), and `unknown` where the
 * body leaves out a part of it: then the whole list is unknown, never empty.
 */
export interface ListSpec {
  readonly name: string;
  readonly owner: Owner;
  readonly shape: z.ZodType;
  readonly read: (item: never, context: ItemContext) => ReadItem | 'unknown' | null;
  /** The REST body of an item, without uuid and preferred mark. Nulls are left out. */
  readonly body: (item: WantedItem, localUuid: UuidTranslation) => Readonly<Record<string, unknown>>;
  /**
   * How items are written: one by one under `<owner>/<uuid>/<path>` (`afterCreate`: no create takes them), so too spans of time of which no two may lie over each other, the whole list of
   * uuids of one kind with the record's own scalars, the whole list of bodies with them, or as obs, which are resources of their own and are replaced, never changed.
   */
  readonly written:
    | { readonly by: 'item' | 'span'; readonly path: string; readonly afterCreate?: true }
    | { readonly by: 'whole-list'; readonly of: Aggregate }
    | { readonly by: 'nested'; readonly leaves?: Leaving }
    | { readonly by: 'obs' };
  /** What a new item is sent with, where it does not say it: of an old platform that has no word for what another cannot do without. */
  readonly bornWith?: (source: CanonicalRecord) => Readonly<Record<string, unknown>>;
  /** What stands first in a create: the server makes something else of what does. */
  readonly first?: (item: WantedItem) => boolean;
  /** How it is asked for, name included, where not as references. */
  readonly asked?: string;
  /** Set where some platforms lack the list, by what the platform says of itself. */
  readonly onlyWhere?: (platform: Platform) => boolean;
  /** The scalar that holds the key of the preferred item, and how one is made so. */
  readonly preferred?: { readonly field: string; readonly set: 'through-owner' | 'on-the-item' };
  /** Records of these aggregates may be what an item points at; of no others. */
  readonly refersTo?: readonly Aggregate[];
  /** REST resources of the metadata that an item points at; of no others. */
  readonly names?: readonly string[];
  /** Fields that items have, as `location` in `identifiers[…].location`. */
  readonly fields?: readonly string[];
  /**
   * Names of those `fields` that these items, as the body tells them, can be taken to say. Set where platforms differ or a
   * missing privilege hides single fields: the others are unknown then, and none of them empty.
   */
  readonly told?: (items: readonly unknown[], platform: Platform) => readonly string[];
  /** Set where the keys are uuids, known everywhere, of things that a site may have under a uuid of its own. */
  readonly keyedBy?: Aggregate;
  /** Set where items are replaced and never changed: what makes the slot in which one follows another. */
  readonly replaced?: Pick<ReplacedList, 'slot' | 'slotFields' | 'within'>;
  /** The server gives every item that is written by itself a uuid of its own, and changes none in place. */
  readonly madeAnew?: boolean;
  /** Another value under the same key is added, because feeds tell of that; the one that was there is taken away by the server, or by us. */
  readonly changedByAdding?: 'server-removes' | 'we-remove';
  /** Several items of one key: one item all the same, or told apart as `key#2`, `key#3` in order of value. */
  readonly sameKey: 'one-item' | 'numbered';
  /** What stands between the parts of a key where people read it; a space, or of a key that is an object a comma, where nothing is said. */
  readonly between?: string;
  /** Fields that an update cannot empty again. */
  readonly cannotClear?: readonly string[];
  /** Why no item can be written at a site of that platform; `null` where it can. The record is written without them. */
  readonly unsupported?: (platform: Platform) => string | null;
  /** The server keeps at least one: the last is never removed. */
  readonly atLeastOne?: boolean;
}

/** The lists that a platform has. */
export const listsOn = ({ lists }: { readonly lists: readonly ListSpec[] }, platform: Platform): readonly ListSpec[] =>
  lists.filter(({ onlyWhere }) => onlyWhere?.(platform) ?? true);

/** An item path taken apart: `identifiers[T|1].location` is key `T|1`, field `location`. */
export interface ListPath {
  readonly list: string;
  readonly key: string;
  readonly field: string | null;
}

/**
 * Takes a path of a list's item, or of a field of one, apart; `null` for a scalar's. Keys may hold brackets themselves:
 * an item's path ends with `]`, a field's never does.
 */
export function listPathOf(path: string): ListPath | null {
  const open = path.indexOf('[');
  if (open === -1) return null;
  const close = path.lastIndexOf(']');
  const list = path.slice(0, open);
  const key = path.slice(open + 1, close);
  return close === path.length - 1 ? { list, key, field: null } : { list, key, field: path.slice(close + 2) };
}

/** The path of a field of an item. */
export const itemFieldPath = (list: string, key: string, field: string): string => `${itemPath(list, key)}.${field}`;

/** Where the uuid of the n-th item of one and the same content is remembered, beside the first one's. */
export const twinPath = (path: string, n: number): string => (n === 1 ? path : `${path}#${n}`);

/** A natural key made of parts: JSON in a fixed order with the empty parts left out, so that equal content is an equal key. */
export function partsKey(parts: Iterable<readonly [string, Scalar]>): string {
  return JSON.stringify(Object.fromEntries([...parts].filter(([, value]) => value !== null)));
}

/** The parts of such a key. */
export const partsOf = (key: string): Readonly<Record<string, Scalar>> => JSON.parse(key) as Record<string, Scalar>;
