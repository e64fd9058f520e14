import { NOTHING_AGREED, otherSide, type SideName, seenWith } from './agreed.js';
import { carryOut, rulesFor } from './carry-out-rules.js';
import { standingOf } from './decide.js';
import { coveredPaths, covers, type Held, heldAt, isEmpty, settledPresence } from './held.js';
import { askPresence, decidedPresence, type End, EQUAL_PRESENCE, isOnPresence, mergePresence, type PresenceVerdict } from './merge-presence.js';
import { mergeReplaced } from './merge-replaced.js';
import type { ConflictReason, Merged, PathVerdict } from './merged.js';
import type { Outcome } from './replaced.js';
import type { Agreement, Decision, Version } from './version.js';

export interface ToMerge {
  readonly agreement: Agreement | null;
  readonly source: Version;
  readonly target: Version;
  readonly sourceIs: SideName;
  /** In the order they were made. */
  readonly decisions: readonly Decision[];
}

/**
 * Compares each end with its own side of the agreement, field by field. What either end could not see is neither changed nor
 * removed; what both hold is never a conflict; nothing is ever written to an end because the other lacks the record.
 */
export function merge(input: ToMerge): Merged {
  const { source, target } = input;
  const [here, there] = endsOf(input);
  const presence = presenceOf(input, here, there);
  if (presence.value === 'present' && settledPresence(target.presence) === 'absent') return created(source, presence, 'to-target');
  if (presence.value === 'present' && settledPresence(source.presence) === 'absent') return created(target, presence, 'to-source');

  const outcomes = new Map<string, Outcome>();
  for (const path of pathsOf(here, there, input.decisions)) outcomes.set(path, outcomeOf(path, input, here, there));
  const standing = { disputed: input.agreement?.disputed ?? [], decisions: input.decisions };
  for (const spec of source.replaced ?? target.replaced ?? [])
    for (const [path, outcome] of mergeReplaced(spec, outcomes, here, there, standing)) outcomes.set(path, outcome);
  return summary(carryOut(rulesFor(source, target), outcomes, input), presence);
}

/** The two ends with their own sides of the agreement: source first. */
export function endsOf({ agreement, source, target, sourceIs }: ToMerge): [End, End] {
  const agreed = agreement ?? NOTHING_AGREED;
  return [
    { version: source, agreed: agreed[sourceIs] },
    { version: target, agreed: agreed[otherSide(sourceIs)] },
  ];
}

function presenceOf(input: ToMerge, here: End, there: End): PresenceVerdict {
  const { source, target, agreement } = input;
  if (settledPresence(source.presence) === settledPresence(target.presence)) return EQUAL_PRESENCE;
  const decision = bestDecision(input, input.decisions.filter(isOnPresence));
  if (decision === 'lapsed') return askPresence('decision-lapsed');
  if (decision !== null) return decidedPresence(decision.value, source, target);
  return mergePresence(
    here,
    there,
    (agreement?.disputed ?? []).some((path) => isOnPresence({ path })),
  );
}

function created(from: Version, presence: PresenceVerdict, flow: 'to-target' | 'to-source'): Merged {
  const fields = new Map(coveredPaths(from).flatMap((path): [string, Held][] => (isEmpty(heldAt(from, path)) ? [] : [[path, heldAt(from, path)]])));
  const paths = new Map([...fields.keys()].map((path): [string, PathVerdict] => [path, { kind: flow, why: 'record-is-new' }]));
  const [toTarget, toSource] = flow === 'to-target' ? [fields, new Map()] : [new Map(), fields];
  return { paths, toTarget, toSource, conflicts: [], presence: presence.flow, presenceValue: presence.value, presenceWhy: presence.why, reason: null };
}

function pathsOf(here: End, there: End, decisions: readonly Decision[]): string[] {
  const decided = decisions.filter((decision) => !isOnPresence(decision)).map((decision) => decision.path);
  const all = [here, there].flatMap(({ version, agreed }) => [...Object.keys(version.fields), ...Object.keys(agreed.fields)]);
  return [...new Set([...all, ...decided])].sort();
}

function outcomeOf(path: string, input: ToMerge, here: End, there: End): Outcome {
  const { source, target } = input;
  if (!covers(source, path) || !covers(target, path)) return { kind: 'unknown', why: 'not-covered' };
  const s = heldAt(source, path);
  const t = heldAt(target, path);
  if (s === t) return { kind: 'equal', why: 'both-hold-it' };
  const decision = bestDecision(
    input,
    input.decisions.filter((one) => one.path === path),
  );
  if (decision === 'lapsed') return { kind: 'conflict', why: 'decision-lapsed' };
  if (decision !== null) return decided(decision.value, s, t);
  if ((input.agreement?.disputed ?? []).includes(path)) return { kind: 'conflict', why: 'in-doubt' };

  const seenHere = seenWith(here.agreed, path);
  const seenThere = seenWith(there.agreed, path);
  if (seenHere === null || seenThere === null) return atFirstContact(s, t);
  const isEditedHere = s !== seenHere.value;
  const isEditedThere = t !== seenThere.value;
  if (isEditedHere && isEditedThere) return { kind: 'conflict', why: 'both-edited' };
  if (isEditedHere) return { kind: 'to-target', why: 'one-end-edited', value: s };
  if (isEditedThere) return { kind: 'to-source', why: 'one-end-edited', value: t };
  return { kind: 'unchanged', why: 'agreed-difference' };
}

/** A union: who has something gives it to who has nothing; two different values are for a person. */
function atFirstContact(s: Held, t: Held): Outcome {
  if (weight(s) === weight(t)) return { kind: 'conflict', why: 'first-contact' };
  const why = 'only-one-end-has-it';
  return weight(s) > weight(t) ? { kind: 'to-target', why, value: s } : { kind: 'to-source', why, value: t };
}

const weight = (held: Held): 0 | 1 | 2 => (held === undefined ? 0 : held === null ? 1 : 2);

function decided(value: Held, s: Held, t: Held): Outcome {
  if (s === value) return { kind: 'to-target', why: 'decided', value };
  return { kind: t === value ? 'to-source' : 'to-both', why: 'decided', value };
}

/** The latest decision that applies; `lapsed` where there are only such as do not any more; null where there is none. */
function bestDecision({ source, target, sourceIs }: ToMerge, decisions: readonly Decision[]): Decision | 'lapsed' | null {
  const [parent, child] = sourceIs === 'parent' ? [source, target] : [target, source];
  const applying = decisions.findLast((decision) => standingOf(decision, parent, child) === 'applies');
  return applying ?? (decisions.length > 0 ? 'lapsed' : null);
}

function flows(outcomes: ReadonlyMap<string, Outcome>, to: 'target' | 'source'): Map<string, Held> {
  return new Map([...outcomes].flatMap(([path, { kind, value }]): [string, Held][] => (kind === `to-${to}` || kind === 'to-both' ? [[path, value]] : [])));
}

function summary(outcomes: ReadonlyMap<string, Outcome>, presence: PresenceVerdict): Merged {
  const conflicts = [...outcomes].filter(([, { kind }]) => kind === 'conflict').map(([path]) => path);
  return {
    paths: new Map([...outcomes].map(([path, { value: _, ...verdict }]) => [path, verdict])),
    toTarget: flows(outcomes, 'target'),
    toSource: flows(outcomes, 'source'),
    conflicts,
    presence: presence.flow,
    presenceValue: presence.value,
    presenceWhy: presence.why,
    reason: presence.reason ?? gravest(conflicts.map((path) => outcomes.get(path)?.why)),
  };
}

const BY_GRAVITY: readonly ConflictReason[] = [
  'in-doubt',
  'both-edited',
  'delete-against-edit',
  'would-take-back',
  'decision-lapsed',
  'preference-without-item',
  'first-contact',
  'not-by-field',
];

const gravest = (reasons: readonly unknown[]): ConflictReason | null => BY_GRAVITY.find((reason) => reasons.includes(reason)) ?? null;
