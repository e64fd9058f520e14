import type { CanonicalRecord } from '@sync-hub/categories';
import { type Held, heldAt, type Version } from '@sync-hub/merge';
import type { Heard } from '@sync-hub/openmrs';
import type { BegunWindow, Intent, WriteWindow } from '@sync-hub/persistence';

interface ToTell {
  /** All answers of the target, from the reading that the write goes by on. */
  readonly heard: readonly Heard[];
  readonly before: CanonicalRecord;
  readonly after: CanonicalRecord;
  readonly sent: ReadonlyMap<string, Held>;
}

interface Landed {
  readonly intent: Pick<Intent, 'begun' | 'held' | 'sends' | 'committedAt' | 'longestRequestMs'>;
  /** Taken just before the reading that found it. */
  readonly now: Date;
  readonly after: Version;
  readonly heard: readonly Heard[];
}

interface Compared {
  readonly before: Version;
  readonly after: Version;
  readonly sent: ReadonlyMap<string, Held>;
}

/**
 * Between when and when somebody else's edit of what we wrote cannot be seen in the record itself, only by its site's own entry; and how many entries our
 * requests account for. Nothing where the record was not changed in place, or where what somebody else changed is seen in it. Of what was changed in the second
 * of the reading, or while a slow answer was under way, nobody can tell whether it was read. What is saved of an obs leaves its encounter's own row alone (openmrs-core ObsServiceImpl); of other
 * parts nothing is taken for granted, so that an edit beside a write of several requests may hide behind those of them that are not told.
 */
export function writeWindow({ heard, before, after, sent }: ToTell): WriteWindow | undefined {
  const begun = begunBy(heard, before);
  const wroteAt = writesIn(heard, before).findLast(({ date }) => date !== null)?.date ?? null;
  if (begun === null || wroteAt === null || isSeen({ before, after, sent })) return undefined;
  return { ...begun, wroteAt };
}

/** What is known of the window once its write is under way: when it began, and how many entries the requests account for that were sent, answered or not. */
export function begunBy(heard: readonly Heard[], before: CanonicalRecord): BegunWindow | null {
  const readAt = earliestOf(heard[0]);
  return readAt === null ? null : { readAt, requests: writesIn(heard, before).length + (isChangedSince(before, readAt) ? 1 : 0) };
}

/**
 * The window of a write whose answer did not come, and that is found to have landed: it was handled before its longest time was over, by the clock of the site
 * as this reading tells it. One that was cut off by the end of its process has none: nobody knows what it had sent (docs/adr/0147).
 */
export function lateWindow({ intent, now, after, heard }: Landed): WriteWindow | undefined {
  const seenAt = heard[0]?.date ?? null;
  const { begun, held: before, sends: sent } = intent;
  if (begun === null || seenAt === null || isSeen({ before, after, sent })) return undefined;
  const sinceItsEndMs = Math.max(0, now.getTime() - intent.committedAt.getTime() - intent.longestRequestMs);
  return { ...begun, wroteAt: new Date(seenAt.getTime() - sinceItsEndMs) };
}

const writesIn = (heard: readonly Heard[], { category }: CanonicalRecord): readonly Heard[] =>
  heard.filter(({ isWrite, path }) => isWrite && !(category === 'encounter' && isOfObs(path)));

const isOfObs = (path: string): boolean => path.includes('/obs/') || path.endsWith('/obs');

/** Need no entry be counted? The record was not changed in place, or shows what somebody else has changed. */
const isSeen = ({ before, after, sent }: Compared): boolean =>
  sent.size === 0 || before.presence !== 'present' || after.presence !== 'present' || othersChanged({ before, after, sent });

function othersChanged({ before, after, sent }: Compared): boolean {
  const paths = new Set([...Object.keys(before.fields), ...Object.keys(after.fields)]);
  return [...paths].some((path) => !isSent(sent, path) && heldAt(before, path) !== heldAt(after, path));
}

/** A field of an item goes with its item. */
const isSent = (sent: ReadonlyMap<string, Held>, path: string): boolean => sent.has(path) || [...sent.keys()].some((one) => path.startsWith(`${one}.`));

function isChangedSince({ provenance }: CanonicalRecord, at: Date): boolean {
  const changed = provenance.dateChanged ?? provenance.dateCreated;
  return changed !== null && Math.floor(Date.parse(changed) / 1000) >= Math.floor(at.getTime() / 1000);
}

/** An answer that came sooner was given in the second in which it was handled, or at the turn to the next. */
const SLOW_MS = 500;

/** The earliest moment, by the server's clock, at which a request may have been handled: its `Date` is when the answer was given. `null` where it tells none. */
export function earliestOf(answer: Heard | undefined): Date | null {
  const date = answer?.date ?? null;
  if (answer === undefined || date === null || answer.tookMs < SLOW_MS) return date;
  return new Date(date.getTime() - answer.tookMs);
}
