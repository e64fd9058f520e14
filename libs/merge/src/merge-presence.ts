import { isEdited } from './agreed.js';
import { asPeopleLeftIt } from './carry-out-rules.js';
import { PRESENCE, settledPresence } from './held.js';
import type { ConflictReason, PresenceFlow, PresenceReason } from './merged.js';
import type { AgreedSide, Version } from './version.js';

/** One end: what it holds, and its own side of the agreement. */
export interface End {
  readonly version: Version;
  readonly agreed: AgreedSide;
}

export interface PresenceVerdict {
  readonly flow: PresenceFlow;
  readonly value: 'present' | 'voided' | null;
  readonly why: PresenceReason;
  /** Why a person must be asked; null where nobody must. */
  readonly reason: ConflictReason | null;
}

const nothing = (why: PresenceReason): PresenceVerdict => ({ flow: 'equal', value: null, why, reason: null });
const flows = (flow: PresenceFlow, value: 'present' | 'voided', why: PresenceReason): PresenceVerdict => ({ flow, value, why, reason: null });
export const EQUAL_PRESENCE = nothing('both-hold-it');
export const askPresence = (reason: ConflictReason): PresenceVerdict => ({ flow: 'conflict', value: null, why: reason, reason });

/** Merges presence alone: absence is never a deletion, and a deletion never takes an edit with it unasked. */
export function mergePresence(source: End, target: End, disputed: boolean): PresenceVerdict {
  const here = settledPresence(source.version.presence);
  const there = settledPresence(target.version.presence);
  if (here === there) return EQUAL_PRESENCE;
  if (there === 'absent') return againstAbsent(source, target, disputed, 'to-target');
  if (here === 'absent') return againstAbsent(target, source, disputed, 'to-source');
  if (disputed) return askPresence('in-doubt');
  return here === 'voided' ? voidedAgainstPresent(source, target, 'to-target', 'to-source') : voidedAgainstPresent(target, source, 'to-source', 'to-target');
}

/** A void of something the other end never had, or has lost, leaves nothing to do. */
function againstAbsent(end: End, absent: End, disputed: boolean, toAbsent: PresenceFlow): PresenceVerdict {
  if (settledPresence(end.version.presence) === 'voided') return nothing('nothing-to-void');
  if (disputed) return askPresence('in-doubt');
  return absent.agreed.presence === 'absent' ? flows(toAbsent, 'present', 'record-is-new') : askPresence('absent-with-agreement');
}

/** What was merged into another record is voided, or brought back, nowhere unasked: what hung on it stands elsewhere. */
function voidedAgainstPresent(voided: End, present: End, toPresent: PresenceFlow, toVoided: PresenceFlow): PresenceVerdict {
  const verdict = voidAgainst(voided, present, toPresent, toVoided);
  return voided.version.mergedAway === true && verdict.flow !== 'equal' ? askPresence('merged-away') : verdict;
}

function voidAgainst(voided: End, present: End, toPresent: PresenceFlow, toVoided: PresenceFlow): PresenceVerdict {
  const wasVoided = settledPresence(voided.agreed.presence);
  const wasPresent = settledPresence(present.agreed.presence);
  if (wasVoided === 'absent' || wasPresent === 'absent') return askPresence('first-contact');
  const isNewlyVoided = wasVoided === 'present';
  const isRestored = wasPresent === 'voided';
  if (isNewlyVoided && (isRestored || isEdited(present.agreed, asPeopleLeftIt(present.version)))) return askPresence('delete-against-edit');
  if (isNewlyVoided) return flows(toPresent, 'voided', 'one-end-edited');
  return isRestored ? flows(toVoided, 'present', 'one-end-edited') : nothing('agreed-difference');
}

/** A decision on presence, as it applies. */
export function decidedPresence(value: unknown, source: Version, target: Version): PresenceVerdict {
  if (value !== 'present' && value !== 'voided') return askPresence('decision-lapsed');
  const lacks = (version: Version): boolean => (value === 'present' ? settledPresence(version.presence) !== 'present' : version.presence === 'present');
  if (lacks(target)) return flows('to-target', value, 'decided');
  return lacks(source) ? flows('to-source', value, 'decided') : EQUAL_PRESENCE;
}

export const isOnPresence = (decision: { readonly path: string }): boolean => decision.path === PRESENCE;
