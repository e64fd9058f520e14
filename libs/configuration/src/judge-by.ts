import type { CanonicalRecord, RecordCategory } from '@sync-hub/categories';
import { type Judged, judge, type Merged, type Policy, policyOf, type ToJudge, type ToMerge } from '@sync-hub/merge';
import { customPolicy } from './ask-policy.js';
import type { Plugins } from './plugins.js';
import type { PolicyChoice } from './policies.schema.js';

export interface ToJudgeBy {
  readonly link: string;
  readonly category: RecordCategory;
  readonly plugins: Plugins;
  readonly input: ToMerge & { readonly source: CanonicalRecord; readonly target: CanonicalRecord };
  /** What `merge` made of `input`. */
  readonly merged: Merged;
  /** What is said of a field, by name. */
  readonly choiceFor: (field: string) => PolicyChoice;
  readonly seenAt: ToJudge['seenAt'];
  readonly atOnceSeconds: number;
}

/** What these policies make of the conflicts of a record (`judge`): ours by their words, a deployment's own by asking them. */
export function judgeBy({ link, category, plugins, input, merged, choiceFor, seenAt, atOnceSeconds }: ToJudgeBy): Judged {
  const [parent, child] = input.sourceIs === 'parent' ? [input.source, input.target] : [input.target, input.source];
  const policyFor = (field: string): Policy => {
    const choice = choiceFor(field);
    return typeof choice === 'string' ? policyOf(choice, atOnceSeconds) : customPolicy({ choice, plugins, link, category, records: { parent, child } });
  };
  return judge({ input, merged, policyFor, seenAt });
}
