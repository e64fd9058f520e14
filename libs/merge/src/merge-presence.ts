import { isEdited } from './agreed.js';
import { PRESENCE, settledPresence } from './held.js';
import type { ConflictReason, PresenceFlow } from './merged.js';
import type { AgreedSide, Version } from './version.js';

/** One end: what it holds, and its own side of the agreement. */
export interface End {
  readonly version: Version;
  readonly agreed: AgreedSide;
}

export interface PresenceVerdict {
  readonly flow: PresenceFlow;
  readonly value: 'present' | 'voided' | null;
  readonly reason: ConflictReason | null;
}

const NOTHING_TO_DO: PresenceVerdict = { flow: 'equal', value: null, reason: null };
const ask = (reason: ConflictReason): PresenceVerdict => ({ flow: 'conflict', value: null, reason });

/** Merges presence alone: absence is never a deletion, and a deletion never takes an edit with it unasked. */
export function mergePresence(source: End, target: End, disputed: boolean): PresenceVerdict {
  const here = settledPresence(source.version.presence);
  const there = settledPresence(target.version.presence);
  if (here === there) return NOTHING_TO_DO;
  if (there === 'absent') return againstAbsent(source, target, disputed, 'to-target');
  if (here === 'absent') return againstAbsent(target, source, disputed, 'to-source');
  if (disputed) return ask('in-doubt');
  return here === 'voided' ? voidedAgainstPresent(source, target, 'to-target', 'to-source') : voidedAgainstPresent(target, source, 'to-source', 'to-target');
}

/** A void of something the other end never had, or has lost, leaves nothing to do. */
function againstAbsent(end: End, absent: End, disputed: boolean, toAbsent: PresenceFlow): PresenceVerdict {
  if (settledPresence(end.version.presence) === 'voided') return NOTHING_TO_DO;
  if (disputed) return ask('in-doubt');
  return absent.agreed.presence === 'absent' ? { flow: toAbsent, value: 'present', reason: null } : ask('absent-with-agreement');
}

function voidedAgainstPresent(voided: End, present: End, toPresent: PresenceFlow, toVoided: PresenceFlow): PresenceVerdict {
  const wasVoided = settledPresence(voided.agreed.presence);
  const wasPresent = settledPresence(present.agreed.presence);
  if (wasVoided === 'absent' || wasPresent === 'absent') return ask('first-contact');
  const isNewlyVoided = wasVoided === 'present';
  const isRestored = wasPresent === 'voided';
  if (isNewlyVoided && (isRestored || isEdited(present.agreed, present.version))) return ask('delete-against-edit');
  if (isNewlyVoided) return { flow: toPresent, value: 'voided', reason: null };
  return isRestored ? { flow: toVoided, value: 'present', reason: null } : NOTHING_TO_DO;
}

/** A decision on presence, as it applies. */
export function decidedPresence(value: unknown, source: Version, target: Version): PresenceVerdict {
  if (value !== 'present' && value !== 'voided') return ask('decision-lapsed');
  const lacks = (version: Version): boolean => (value === 'present' ? settledPresence(version.presence) !== 'present' : version.presence === 'present');
  if (lacks(target)) return { flow: 'to-target', value, reason: null };
  return lacks(source) ? { flow: 'to-source', value, reason: null } : NOTHING_TO_DO;
}

export const isOnPresence = (decision: { readonly path: string }): boolean => decision.path === PRESENCE;
