import { z } from 'zod';
import { LinkId, type SiteId } from './ids.js';

/** What may decide a conflict, by the words of the configuration and of rules; `manual` decides nothing. */
export const POLICY_WORDS = ['manual', 'newest', 'parent-wins', 'child-wins', 'union'] as const;
export type PolicyWord = (typeof POLICY_WORDS)[number];

/** Always so for this field on this link. */
export const NewPolicyRule = z.strictObject({
  link: LinkId,
  category: z.string().min(1),
  /** By `fieldName`, or `presence`. */
  field: z.string().min(1),
  policy: z.enum(POLICY_WORDS),
  /** The conflict of whose decision it was made. */
  conflict: z.uuid().optional(),
});
export type NewPolicyRule = z.infer<typeof NewPolicyRule>;

/** A decision that people made for all that come after it. Times are ISO 8601 in UTC. */
export interface PolicyRule {
  readonly id: string;
  readonly link: LinkId;
  readonly child: SiteId;
  readonly category: string;
  readonly field: string;
  readonly policy: PolicyWord;
  readonly conflict: string | null;
  readonly madeBy: string;
  readonly madeAt: string;
  readonly revoked: { readonly by: string; readonly at: string } | null;
  /** Does the configuration say something of this very field on this link? Then that decides, and the rule does not. */
  readonly isOverruled: boolean;
}

/** `invalid` says what would be right. `there`: a rule for that field is in force already. */
export type PolicyRuleAdded =
  | { readonly kind: 'added'; readonly id: string }
  | { readonly kind: 'there'; readonly id: string; readonly policy: PolicyWord }
  | { readonly kind: 'invalid'; readonly problem: string };

/** What the console and the command line ask of rules. `by` is who acts. */
export interface PolicyRuleDesk {
  /** Those in force, or all that ever were; the newest first. */
  list(asked: { readonly link?: LinkId; readonly withRevoked?: boolean }): Promise<readonly PolicyRule[]>;
  add(rule: NewPolicyRule, by: string): Promise<PolicyRuleAdded>;
  /** It decides nothing from now on; what it has decided stays. False where it is not in force. */
  revoke(id: string, by: string): Promise<boolean>;
}
