import { z } from 'zod';
import { SiteId } from '../ids.js';
import { defineMessage, type PayloadOf } from '../message.js';

/** What happens to accounts and their tokens, and who comes in. */
export const ACCOUNT_OUTCOMES = [
  'signed-in',
  'sign-in-refused',
  'signed-out',
  'account-added',
  'account-disabled',
  'account-enabled',
  'role-changed',
  'password-changed',
  'password-reset',
  'token-added',
  'token-revoked',
] as const;
export type AccountOutcome = (typeof ACCOUNT_OUTCOMES)[number];

/** Somebody signed in, or was refused, or an account or a token of it was changed. `site` is the instance itself; `account` and `by` are `null` where a name was told that no account has; `provider` is who vouched for somebody. */
export const AccountChanged = defineMessage(
  'account.changed.v1',
  z.object({
    site: SiteId,
    round: z.int().positive(),
    outcome: z.enum(ACCOUNT_OUTCOMES),
    account: z.string().nullable(),
    by: z.string().nullable(),
    role: z.string().optional(),
    token: z.string().optional(),
    provider: z.string().optional(),
  }),
);
export type AccountChanged = PayloadOf<typeof AccountChanged>;
