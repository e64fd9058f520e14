import { createHash } from 'node:crypto';
import { coversPath, isOfList, type Scalar } from './fields.js';
import type { Presence, Version } from './version.js';

/** A value as it stands at an end: `undefined` is an item of a list that is not there. */
export type Held = Scalar | undefined;

/** The path that stands for a record's presence among the paths of its fields. */
export const PRESENCE = 'presence';

/** Gone equals voided. */
export const settledPresence = (presence: Presence): Exclude<Presence, 'gone'> => (presence === 'gone' ? 'voided' : presence);

/** Could this look see the path? Nothing is seen of a record that is voided, gone or absent. */
export const covers = (version: Version, path: string): boolean => version.presence === 'present' && coversPath(version.covers, path);

/** What a covered path holds. A single field without a value is there and empty; an item without one is not there. */
export function heldAt(version: Version, path: string): Held {
  const held = Object.hasOwn(version.fields, path) ? version.fields[path] : undefined;
  return held === undefined && !isOfList(path) ? null : held;
}

/** Not there, or there and empty. */
export const isEmpty = (held: Held): held is null | undefined => held === null || held === undefined;

/** The paths that this look saw. */
export const coveredPaths = (version: Version): string[] => Object.keys(version.fields).filter((path) => covers(version, path));

/** One word for what was seen: equal exactly where presence and every covered path are equal, whatever the order. */
export function contentHash(version: Version): string {
  const seen = coveredPaths(version)
    .filter((path) => isOfList(path) || !isEmpty(heldAt(version, path)))
    .sort()
    .map((path) => [path, heldAt(version, path)]);
  const names = version.presence === 'present' ? [...new Set(version.covers)].sort() : [];
  return createHash('sha256')
    .update(JSON.stringify([settledPresence(version.presence), names, seen]))
    .digest('hex');
}
