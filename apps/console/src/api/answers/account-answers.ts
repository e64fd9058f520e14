import { type Account, type ApiToken, PERMISSIONS, ROLES } from '@sync-hub/contracts';
import { z } from 'zod';
import type { Session } from '../../access/session.controller.js';
import { exactly } from '../exactly.js';
import { moment } from './parts.js';

const permissions = z.array(z.enum(PERMISSIONS));

const OneAccount = exactly<Account>()(
  z.strictObject({
    id: z.uuid(),
    name: z.string(),
    role: z.enum(ROLES),
    isDisabled: z.boolean(),
    mustChangePassword: z.boolean(),
    provider: z.string().nullable(),
    madeBy: z.string(),
    madeAt: moment,
    lastSignInAt: moment.nullable(),
  }),
).meta({ id: 'Account' });

export const AccountsAnswer = z.strictObject({ accounts: z.array(OneAccount) });

/** A password for one sign-in, which is told here and nowhere else. */
export const OneTimePasswordAnswer = z.strictObject({ oneTimePassword: z.string() });

export const AccountMadeAnswer = OneTimePasswordAnswer.extend({ id: z.uuid() });

const Token = exactly<ApiToken>()(
  z.strictObject({
    id: z.uuid(),
    account: z.string(),
    name: z.string(),
    scope: permissions,
    madeBy: z.string(),
    madeAt: moment,
    expiresAt: moment,
    lastUsedAt: moment.nullable(),
    revoked: z.strictObject({ by: z.string(), at: moment }).nullable(),
  }),
).meta({ id: 'ApiToken' });

export const TokensAnswer = z.strictObject({ tokens: z.array(Token) });

/** The secret is told here and nowhere else. */
export const TokenMadeAnswer = z.strictObject({ id: z.uuid(), token: z.string() });

export const SessionAnswer = exactly<Session>()(
  z.strictObject({
    name: z.string(),
    role: z.enum(ROLES),
    permissions,
    mustChangePassword: z.boolean(),
    hasPassword: z.boolean(),
    pageToken: z.string(),
  }),
).meta({ id: 'Session' });

export const ProviderAnswer = z.strictObject({ provider: z.strictObject({ title: z.string() }).nullable() });

export const GoToAnswer = z.strictObject({ goTo: z.string() });
