import type { CanonicalRecord } from '@sync-hub/categories';
import { type Held, heldAt } from '@sync-hub/merge';
import type { Heard } from '@sync-hub/openmrs';
import type { WriteWindow } from '@sync-hub/persistence';

interface ToTell {
  /** All answers of the target, from the reading that the write goes by on. */
  readonly heard: readonly Heard[];
  readonly before: CanonicalRecord;
  readonly after: CanonicalRecord;
  readonly sent: ReadonlyMap<string, Held>;
}

/**
 * Between when and when somebody else's edit of what we wrote cannot be seen in the record itself, only by its site's own entry; and how many entries our
 * requests account for. Nothing where the record was not changed in place, or where what somebody else changed is seen in it. Of what was changed in the second
 * of the reading, or while a slow answer was under way, nobody can tell whether it was read. What is saved of an obs leaves its encounter's own row alone (openmrs-core ObsServiceImpl); of other
 * parts nothing is taken for granted, so that an edit beside a write of several requests may hide behind those of them that are not told.
 */
export function writeWindow({ heard, before, after, sent }: ToTell): WriteWindow | undefined {
  const readAt = earliestOf(heard[0]);
  const writes = heard.filter(({ isWrite, path }) => isWrite && !(before.category === 'encounter' && isOfObs(path)));
  const wroteAt = writes.at(-1)?.date ?? null;
  if (readAt === null || wroteAt === null || sent.size === 0 || before.presence !== 'present' || after.presence !== 'present') return undefined;
  if (othersChanged({ before, after, sent })) return undefined;
  return { readAt, wroteAt, requests: writes.length + (isChangedSince(before, readAt) ? 1 : 0) };
}

const isOfObs = (path: string): boolean => path.includes('/obs/') || path.endsWith('/obs');

function othersChanged({ before, after, sent }: Omit<ToTell, 'heard'>): boolean {
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
