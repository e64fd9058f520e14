import { NOTHING_AGREED, type SideName } from './agreed.js';
import { contentHash, covers, type Held, heldAt, PRESENCE, settledPresence } from './held.js';
import type { Agreement, Decision, Version } from './version.js';

/**
 * What a decision on `PRESENCE` writes down as seen at an end: whether the record is there and, if it is, one word for all it
 * held, so that a later edit of any field makes the decision lapse.
 */
export const presenceSeen = (version: Version): string =>
  version.presence === 'present' ? `present:${contentHash(version)}` : settledPresence(version.presence);

/** How a decision stands to what the two ends hold now. */
export type DecisionStanding = 'over' | 'applies' | 'lapsed';

/** Applies while each end holds what was seen there or the value; over when both hold the value. */
export function standingOf(decision: Decision, parent: Version, child: Version): DecisionStanding {
  const atParent = standsAt(decision, decision.seenAtParent, parent);
  const atChild = standsAt(decision, decision.seenAtChild, child);
  if (atParent === 'value' && atChild === 'value') return 'over';
  return atParent === 'moved' || atChild === 'moved' ? 'lapsed' : 'applies';
}

/**
 * The decisions that are still needed (those on paths where the ends now agree, on whatever, are over, and those on the fields of a record that stands at neither
 * end: they would be carried out once it comes back, long after the conflict was closed), each narrowed to what it has reached: an end that holds the value is from then on seen
 * with the value, so that whoever takes it back there is not overruled by the same decision again.
 */
export function narrowed(decisions: readonly Decision[], parent: Version, child: Version): Decision[] {
  const standsNowhere = [parent, child].every(({ presence }) => settledPresence(presence) !== 'present');
  return decisions
    .filter(({ path }) => path === PRESENCE || !standsNowhere)
    .filter((decision) => !endsAgree(decision.path, parent, child) && standingOf(decision, parent, child) !== 'over')
    .map((decision) => ({
      ...decision,
      seenAtParent: reached(decision, 'parent', parent),
      seenAtChild: reached(decision, 'child', child),
    }));
}

/**
 * The agreement to save with every new decision: the same, one revision further. A job that read its source before may have
 * seen the decided value there as an older one, and would take the decision for over.
 */
export const revisedForDecision = (agreement: Agreement | null): Agreement => {
  const standing = agreement ?? NOTHING_AGREED;
  return { ...standing, revision: standing.revision + 1 };
};

/** The decisions, with those whose value was sent to one end taken as having reached it: whoever changed it there since had seen it. */
export const takenAsReached = (decisions: readonly Decision[], sent: ReadonlyMap<string, Held>, side: SideName): Decision[] =>
  decisions.map((decision) => {
    if (!sent.has(decision.path) || sent.get(decision.path) !== decision.value) return decision;
    return side === 'parent' ? { ...decision, seenAtParent: decision.value } : { ...decision, seenAtChild: decision.value };
  });

/**
 * What a round may write back of a record's decisions: of those it had `known` what it `left` of them, without undoing what
 * another round has reached meanwhile; of those made since, everything.
 */
export function decisionsToKeep({
  standing,
  known,
  left,
}: {
  readonly standing: readonly Decision[];
  readonly known: readonly Decision[];
  readonly left: readonly Decision[];
}): Decision[] {
  return standing.flatMap((decision) => {
    const isSame = (other: Decision): boolean => other.path === decision.path && other.value === decision.value;
    if (!known.some(isSame)) return [decision];
    return left.filter(isSame).map((narrower) => ({
      ...decision,
      seenAtParent: narrower.seenAtParent === decision.value ? decision.value : decision.seenAtParent,
      seenAtChild: narrower.seenAtChild === decision.value ? decision.value : decision.seenAtChild,
    }));
  });
}

const endsAgree = (path: string, parent: Version, child: Version): boolean =>
  path === PRESENCE
    ? settledPresence(parent.presence) === settledPresence(child.presence)
    : covers(parent, path) && covers(child, path) && heldAt(parent, path) === heldAt(child, path);

function reached(decision: Decision, side: SideName, version: Version): Held {
  const seen = side === 'parent' ? decision.seenAtParent : decision.seenAtChild;
  return standsAt(decision, seen, version) === 'value' ? decision.value : seen;
}

function standsAt(decision: Decision, seen: Held, version: Version): 'value' | 'seen' | 'moved' | 'not-seen' {
  if (decision.path === PRESENCE) return presenceStandsAt(decision, seen, version);
  if (!covers(version, decision.path)) return 'not-seen';
  const held = heldAt(version, decision.path);
  if (held === decision.value) return 'value';
  return held === seen ? 'seen' : 'moved';
}

/** A record that is absent holds `voided` as well as a voided one does: there is nothing to void. */
function presenceStandsAt(decision: Decision, seen: Held, version: Version): 'value' | 'seen' | 'moved' {
  const held = settledPresence(version.presence);
  const isValue = decision.value === 'voided' ? held !== 'present' : held === decision.value;
  if (isValue) return 'value';
  return presenceSeen(version) === seen ? 'seen' : 'moved';
}
