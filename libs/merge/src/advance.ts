import { NOTHING_AGREED, otherSide, type SideName } from './agreed.js';
import { AgreementDraft } from './agreement-draft.js';
import { narrowed, takenAsReached } from './decide.js';
import { fieldName, fieldNames } from './fields.js';
import { covers, type Held, heldAt, isEmpty, PRESENCE, settledPresence } from './held.js';
import { keptName } from './kept.js';
import type { Merged } from './merged.js';
import { cameBeside, descendantsOf, itemsIn } from './replaced.js';
import type { Agreement, Decision, Version } from './version.js';

export interface ToAdvance {
  readonly agreement: Agreement | null;
  readonly merged: Merged;
  readonly sourceIs: SideName;
  readonly source: Version;
  readonly targetBefore: Version;
  /** What was read back; the same as `targetBefore` where nothing was written. */
  readonly targetAfter: Version;
  /** Paths of the fields that were written, `PRESENCE` where the record was created, voided or restored. */
  readonly wrote: readonly string[];
  readonly decisions?: readonly Decision[];
  /** What the target has been seen to keep when it was written there before (`keptName`). Nothing unless given. */
  readonly keeps?: ReadonlySet<string>;
}

export interface Advanced {
  /** One revision further if anything moved or was written. */
  readonly agreement: Agreement;
  /** Names of what the target would not hold. */
  readonly lost: readonly string[];
  /**
   * Paths where somebody else wrote beside us: the target holds neither what was sent nor what stood there before, or what stood there
   * before though it keeps such values, or an item that came beside ours. Neither agreed nor sent on, but disputed.
   */
  readonly third: readonly string[];
  /** The decisions that are still needed, narrowed to what they have reached. */
  readonly decisions: readonly Decision[];
}

type PathEnd = 'agreed' | 'lost' | 'third' | 'kept' | 'pending';

/**
 * What the ends agree on after a round: only what was seen equal at both, and proven losses, for which each end keeps its own
 * value. All else keeps its bases. A loss is proven where what is read back is what stood there before our write, and the target
 * was never seen to keep such a value: where it was, somebody may have taken it back meanwhile, so that it is disputed.
 */
export function advance(input: ToAdvance): Advanced {
  const { agreement, source, targetAfter, sourceIs } = input;
  const draft = new AgreementDraft(agreement ?? NOTHING_AGREED, sourceIs);
  const beside = new Set(besideOurs(input));
  const ends = new Map(pathsOf(input).map((path) => [path, beside.has(path) ? 'third' : endOf(path, input)]));
  const replaced = replacedByTwo(input, ends);
  for (const [path, end] of ends) {
    if (end === 'third') draft.dispute(path);
    if ((end === 'agreed' || end === 'lost') && !replaced.some((item) => path === item || path.startsWith(`${item}.`)))
      draft.agree(path, heldAt(source, path), heldAt(targetAfter, path));
    if (!covers(source, path) || !covers(targetAfter, path)) draft.noteOneEnd(path, source, targetAfter);
  }
  for (const path of unseen(input)) draft.dispute(path);
  draft.cover(settledNames(source, targetAfter, ends));
  const presence = advancePresence(input, draft);
  if (presence === 'third') draft.dispute(PRESENCE);
  const pathsAt = (wanted: PathEnd): string[] => [...ends].filter(([, end]) => end === wanted).map(([path]) => path);
  const [parent, child] = sourceIs === 'parent' ? [source, targetAfter] : [targetAfter, source];
  return {
    agreement: draft.done(input.wrote.length > 0),
    lost: fieldNames([...pathsAt('lost'), ...(presence === 'lost' ? [PRESENCE] : [])]),
    third: [...pathsAt('third'), ...(presence === 'third' ? [PRESENCE] : [])].sort(),
    decisions: decisionsAfter(input, narrowed(input.decisions ?? [], parent, child), pathsAt('lost'), pathsAt('third')),
  };
}

/** A decision whose value the target would not take ends there if the source has it, and lapses if not: to send it again would go on for ever. */
function decisionsAfter({ merged, sourceIs }: ToAdvance, left: readonly Decision[], lost: readonly string[], third: readonly string[]): Decision[] {
  const isLost = ({ path, value }: Decision): boolean => lost.includes(path) && merged.toTarget.get(path) === value;
  const refused = new Map(third.map((path) => [path, merged.toTarget.get(path)]));
  return takenAsReached(
    left.filter((decision) => !isLost(decision)),
    refused,
    otherSide(sourceIs),
  );
}

function pathsOf({ agreement, source, targetBefore, targetAfter }: ToAdvance): string[] {
  const agreed = agreement === null ? [] : [...Object.keys(agreement.parent.fields), ...Object.keys(agreement.child.fields)];
  const disputed = (agreement?.disputed ?? []).filter((path) => path !== PRESENCE);
  return [...new Set([...agreed, ...disputed, ...[source, targetBefore, targetAfter].flatMap((version) => Object.keys(version.fields))])].sort();
}

/** What a restored record holds, nobody had seen when the round was merged: its fields are for the next one. */
const isJustRestored = ({ targetBefore, targetAfter }: ToAdvance): boolean =>
  settledPresence(targetBefore.presence) === 'voided' && targetAfter.presence === 'present';

function endOf(path: string, input: ToAdvance): PathEnd {
  const { merged, source, targetBefore, targetAfter, wrote, keeps } = input;
  if (isJustRestored(input) || !covers(source, path) || !covers(targetAfter, path)) return 'pending';
  const after = heldAt(targetAfter, path);
  if (heldAt(source, path) === after) return 'agreed';
  const verdict = merged.paths.get(path);
  if (verdict?.why === 'not-in-place') return 'lost';
  if (!wrote.includes(path)) return verdict?.kind === 'unchanged' ? 'kept' : 'pending';
  if (after === merged.toTarget.get(path)) return 'pending';
  const isSourcesOwn = merged.toTarget.get(path) === heldAt(source, path);
  const isKept = keeps?.has(keptName(path, merged.toTarget.get(path))) === true;
  return isSourcesOwn && !isKept && isAsBefore(path, targetBefore, after) ? 'lost' : 'third';
}

/**
 * What was written while somebody voided the record, which does not tell any more what it holds: it comes back with the record, and would be taken for an edit
 * made there. Where the ends differ in it then, a person is asked. An item of a list that is replaced is voided by whoever made it there (`voidObsOf`).
 */
function unseen({ source, targetBefore, targetAfter, wrote }: ToAdvance): readonly string[] {
  if (targetBefore.presence !== 'present' || targetAfter.presence !== 'voided') return [];
  const isOfReplaced = (path: string): boolean => (source.replaced ?? []).some(({ list }) => path.startsWith(`${list}[`));
  return wrote.filter((path) => path !== PRESENCE && !covers(targetAfter, path) && !isOfReplaced(path));
}

/** While we put one item in the place of another, somebody put a third there: nobody has seen the other's, so that a person must choose. */
function besideOurs({ merged, source, targetBefore, targetAfter, wrote }: ToAdvance): readonly string[] {
  if (targetBefore.presence !== 'present' || targetAfter.presence !== 'present') return [];
  const sent = new Map(wrote.map((path) => [path, merged.toTarget.get(path)]));
  return (source.replaced ?? []).flatMap((spec) => cameBeside(spec, { before: targetBefore, after: targetAfter, sent }));
}

/**
 * Items that both ends replaced by the same, of which one has yet to go, with what was in them. They are kept in the agreement until then, though neither
 * end holds them any more: they alone tell that the two are one.
 */
function replacedByTwo({ agreement, merged, source, sourceIs }: ToAdvance, ends: ReadonlyMap<string, PathEnd>): readonly string[] {
  const olds = [...ends].flatMap(([path, end]) => (end === 'pending' ? (merged.paths.get(path)?.inPlaceOf ?? []) : []));
  if (olds.length === 0 || agreement === null) return olds;
  const { fields, covers: names } = agreement[sourceIs];
  const lists = (source.replaced ?? []).map((spec) => itemsIn(spec, fields, names));
  const inGroup = (path: string): readonly string[] =>
    lists.flatMap((items) => {
      const item = items.get(path);
      return item === undefined ? [] : descendantsOf(item, items).map((below) => below.path);
    });
  return olds.flatMap((path) => [path, ...inGroup(path)]);
}

/** A record that was not there held nothing. */
const isAsBefore = (path: string, before: Version, after: Held): boolean =>
  covers(before, path) ? heldAt(before, path) === after : before.presence !== 'present' && isEmpty(after);

/**
 * A list's absences are agreed once every one of its paths is settled; else an item that has yet to be sent would be agreed as not there.
 * A field of an item that one end cannot tell is never settled, and says nothing of the items.
 */
function settledNames(source: Version, target: Version, ends: ReadonlyMap<string, PathEnd>): string[] {
  if (source.presence !== 'present' || target.presence !== 'present') return [];
  const isOpen = ([path, end]: [string, PathEnd]): boolean => (end === 'third' || end === 'pending') && covers(source, path) && covers(target, path);
  const unsettled = new Set([...ends].filter(isOpen).map(([path]) => fieldName(path)));
  return source.covers.filter((name) => target.covers.includes(name) && !unsettled.has(name.split('.')[0] ?? name));
}

function advancePresence({ agreement, merged, sourceIs, source, targetBefore, targetAfter, wrote, keeps }: ToAdvance, draft: AgreementDraft): PathEnd {
  const here = settledPresence(source.presence);
  const there = settledPresence(targetAfter.presence);
  const agreed = agreement ?? NOTHING_AGREED;
  const neverThere = (side: SideName): boolean => agreed[side].presence === 'absent';
  // What was erased is not there any more to be referred to, though it equals what is voided.
  if (here === there) return draft.agreePresence(source.presence, targetAfter.presence);
  if (here === 'voided' && there === 'absent' && neverThere(otherSide(sourceIs))) return draft.agreePresence(here, there);
  if (here === 'absent' && there === 'voided' && neverThere(sourceIs)) return draft.agreePresence(here, there);
  if (!wrote.includes(PRESENCE) || there === merged.presenceValue) return 'pending';
  const isKept = keeps?.has(keptName(PRESENCE, merged.presenceValue)) === true;
  if (isKept || there === 'absent' || there !== settledPresence(targetBefore.presence)) return 'third';
  draft.agreePresence(here, there);
  return 'lost';
}
