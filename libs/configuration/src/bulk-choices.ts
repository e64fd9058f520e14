import type { CanonicalRecord, RecordCategory } from '@sync-hub/categories';
import type { ConflictChoice, PolicyWord } from '@sync-hub/contracts';
import { type Agreement, type Decision, heldAt, merge, PRESENCE, settledPresence, type ToJudge, type ToMerge } from '@sync-hub/merge';
import { judgeBy } from './judge-by.js';
import { NO_PLUGINS } from './plugins.js';
import { policyInForce } from './policy-of.js';

/** What is to be answered by one policy: one field, or every field; of what is there at all only where `presence` is named. */
export interface ByPolicy {
  readonly policy: PolicyWord;
  readonly field?: string;
  readonly seenAt: ToJudge['seenAt'];
  readonly atOnceSeconds: number;
}

/** A conflict as it is kept. */
export interface KeptConflict {
  readonly link: string;
  readonly category: RecordCategory;
  readonly agreement: Agreement | null;
  readonly parent: CanonicalRecord;
  readonly child: CanonicalRecord;
  readonly decisions: readonly Decision[];
}

/** What the policy would answer, by path, and the paths that it leaves to a person. */
export interface BulkChoices {
  readonly choices: readonly Extract<ConflictChoice, { take: string }>[];
  readonly leaves: readonly string[];
}

/** The answer that a policy would give to a conflict; the same that it would give as the policy of its link. */
export function bulkChoices(
  { link, category, agreement, parent, child, decisions }: KeptConflict,
  { policy, field, seenAt, atOnceSeconds }: ByPolicy,
): BulkChoices {
  const input: ToMerge & { readonly source: CanonicalRecord; readonly target: CanonicalRecord } = {
    agreement,
    source: parent,
    target: child,
    sourceIs: 'parent',
    decisions,
  };
  const merged = merge(input);
  const asked = merged.presence === 'conflict' ? [PRESENCE, ...merged.conflicts] : merged.conflicts;
  // As a rule for that field would, or the policy of the whole link.
  const said = field === undefined ? { policies: { default: policy } } : {};
  const choiceFor = (name: string) => policyInForce({}, said, { category, field: name }, name === field ? policy : null).policy;
  const judged = judgeBy({ link, category, plugins: NO_PLUGINS, input, merged, choiceFor, seenAt, atOnceSeconds });
  const atParent = (path: string): unknown => (path === PRESENCE ? settledPresence(parent.presence) : heldAt(parent, path));
  const choices = judged.decisions.map(({ path, value }) => ({ path, take: value === atParent(path) ? ('parent' as const) : ('child' as const) }));
  const taken = new Set(choices.map(({ path }) => path));
  return { choices, leaves: asked.filter((path) => !taken.has(path)) };
}
