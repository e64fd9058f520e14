import { cameBeside, covers, type Held, heldAt, PRESENCE, replacedSinceCreate, settledPresence, type Version } from '@sync-hub/merge';

/** A committed intent whose write has no recorded answer. */
export interface OpenIntent {
  /** What stood at the target just before. */
  readonly held: Version;
  /** Fields that were sent; `undefined` for an item that was to go. */
  readonly sends: ReadonlyMap<string, Held>;
  /** Set where the record was voided or restored. A record that was not there was created. */
  readonly presence: 'present' | 'voided' | null;
  readonly committedAt: Date;
  readonly longestRequestMs: number;
}

export type IntentEnd =
  /** The request may still land: no write to the aggregate before, and then only after another read. */
  | { readonly kind: 'wait'; readonly until: Date }
  | { readonly kind: 'not-landed' }
  /** `landed` paths of what was sent, `PRESENCE` among them. */
  | { readonly kind: 'landed'; readonly landed: readonly string[] }
  /** `inDoubt`: nobody can say whether these landed and were undone, or never landed; or whether who put them beside ours had seen it. */
  | { readonly kind: 'ask'; readonly landed: readonly string[]; readonly inDoubt: readonly string[] };

/**
 * What became of a write that nobody answered. `targetNow` must have been read at `now` or later.
 *
 * While the stamp stands still nothing was written, by anybody. Once it has moved, a path that holds what we sent has landed,
 * and one that does not is in doubt: it may have been refused or dropped and somebody else moved the stamp, or have landed and
 * been undone by a person who saw it. To send it again would overrule that person; to take it for undone would let a
 * person's value at the source be overwritten by someone who never saw it. Both can be had by two edits at the wrong moment,
 * so neither is guessed. A record is created by one request, so that an item it was created with and that somebody has put another in
 * the place of had landed. Where we put one item in the place of another and by now a third stands in that place too, whoever put it there
 * may not have seen ours.
 */
export function afterIntent({ intent, targetNow, now }: { readonly intent: OpenIntent; readonly targetNow: Version; readonly now: Date }): IntentEnd {
  const until = new Date(intent.committedAt.getTime() + intent.longestRequestMs);
  if (now < until) return { kind: 'wait', until };
  if (targetNow.stamp === intent.held.stamp || isStillAbsent(intent, targetNow)) return { kind: 'not-landed' };
  const sent = sentBy(intent);
  const replaced = new Set(intent.held.presence === 'absent' ? replacedSinceCreate(sent, targetNow) : []);
  const landed = [...sent].filter(([path, value]) => replaced.has(path) || holds(targetNow, path, value)).map(([path]) => path);
  const inDoubt = [...[...sent.keys()].filter((path) => !landed.includes(path)), ...besideOurs(intent, targetNow)];
  return inDoubt.length === 0 ? { kind: 'landed', landed } : { kind: 'ask', landed, inDoubt };
}

/** All that an intent sends, by path; `PRESENCE` where it creates, voids or restores. */
export function sentBy({ held, sends, presence }: Pick<OpenIntent, 'held' | 'sends' | 'presence'>): ReadonlyMap<string, Held> {
  const becomes = presence ?? (held.presence === 'absent' ? 'present' : null);
  return becomes === null ? sends : new Map([[PRESENCE, becomes], ...sends]);
}

function besideOurs({ held, sends }: OpenIntent, targetNow: Version): readonly string[] {
  if (held.presence !== 'present' || targetNow.presence !== 'present') return [];
  return (targetNow.replaced ?? []).flatMap((spec) => cameBeside(spec, { before: held, after: targetNow, sent: sends }));
}

/** A create is refused or lands; a record that was created and purged again leaves a DELETED entry, which is looked at by itself. */
const isStillAbsent = ({ held }: OpenIntent, targetNow: Version): boolean => held.presence === 'absent' && targetNow.presence === 'absent';

const holds = (version: Version, path: string, value: Held): boolean =>
  path === PRESENCE ? settledPresence(version.presence) === value : covers(version, path) && heldAt(version, path) === value;
