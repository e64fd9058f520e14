import type { RecordRef, Uuid } from '@sync-hub/contracts';
import type { FeedStart } from '../atomfeed/feed-position.js';

/** A record that a site says may have changed, under the uuid it has there. */
export interface ToldChange {
  readonly record: RecordRef;
  /** The site says that it is no more there. */
  readonly deleted: boolean;
  /** When the site told that it was changed; by its own clock, in whole seconds. Where it tells that of each change. */
  readonly changedAt?: Date;
  /** The uuid of the part that was changed, where it was not the record itself: a name, an address. */
  readonly part?: Uuid;
}

/** What is to be read of a site's changes. */
export interface EventsToRead {
  readonly category: string;
  /** As the reading before left it, `null` before the first one. */
  readonly position: unknown;
  /** Where the first reading begins. */
  readonly startAt: FeedStart;
}

/** One reading of what a site tells of its changes, however it tells them. Where another life of its data is suspected nothing is delivered and the position stays. */
export interface EventReading {
  readonly changes: readonly ToldChange[];
  /** Events that name no record, by the site's id of each. */
  readonly unreadable: readonly { readonly id: string; readonly reason: string }[];
  readonly events: number;
  /** Plain data, to be stored in the transaction that stores what the events led to. */
  readonly position: unknown;
  /** What was noticed, the gravest first. */
  readonly findings: readonly string[];
  /** There is more to read at once. */
  readonly more: boolean;
}

/** Found where the site's data does not fit what was read before: a backup was restored, or another server answers. */
export const GENERATION_SUSPECTED = 'generation-suspected';
