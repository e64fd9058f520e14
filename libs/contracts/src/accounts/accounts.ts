import { z } from 'zod';
import { PERMISSIONS, type Permission, ROLES, type Role } from './roles.js';

/** What stands in histories for who acted. No colon: Basic authentication ends a name there. */
export const AccountName = z
  .string('is a name')
  .trim()
  .regex(
    /^[\p{L}\p{N}](?:[\p{L}\p{N} ._@'-]{0,62}[\p{L}\p{N}.])?$/u,
    "is a name of up to 64 letters, digits, blanks and . _ @ ' -, that begins with a letter or digit",
  );

/** Two names that differ in case alone are one. */
export const accountKey = (name: string): string => name.trim().normalize('NFKC').toLowerCase();

export const SHORTEST_PASSWORD = 12;

/** Long, and whatever a person likes otherwise. */
export const NewPassword = z
  .string('is a password')
  .min(SHORTEST_PASSWORD, `is a password of ${SHORTEST_PASSWORD} characters at least`)
  .max(200, 'is a password of 200 characters at most');

export const NewAccount = z.strictObject({ name: AccountName, role: z.enum(ROLES, `is one of ${ROLES.join(', ')}`) });
export type NewAccount = z.infer<typeof NewAccount>;

/** For so many days from now at most. */
export const LONGEST_TOKEN_DAYS = 366;

export const NewApiToken = z.strictObject({
  name: AccountName,
  scope: z.array(z.enum(PERMISSIONS, `is one of ${PERMISSIONS.join(', ')}`)).min(1, 'is one permission at least'),
  days: z
    .int(`is a number of days, 1 to ${LONGEST_TOKEN_DAYS}`)
    .min(1, `is 1 to ${LONGEST_TOKEN_DAYS} days`)
    .max(LONGEST_TOKEN_DAYS, `is 1 to ${LONGEST_TOKEN_DAYS} days`),
});
export type NewApiToken = z.infer<typeof NewApiToken>;

/** An account as people are shown it. Times are ISO 8601 in UTC. */
export interface Account {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly isDisabled: boolean;
  readonly mustChangePassword: boolean;
  /** By whose word somebody comes in, and what they are: a provider's address; `null` where it is a password. */
  readonly provider: string | null;
  readonly madeBy: string;
  readonly madeAt: string;
  readonly lastSignInAt: string | null;
}

/** A token without its secret, which is shown once, when it is made. */
export interface ApiToken {
  readonly id: string;
  readonly account: string;
  readonly name: string;
  readonly scope: readonly Permission[];
  readonly madeBy: string;
  readonly madeAt: string;
  readonly expiresAt: string;
  readonly lastUsedAt: string | null;
  readonly revoked: { readonly by: string; readonly at: string } | null;
}

/** Who asks, and what of it they may: by a token, that part of what its account may which the token names. */
export interface SignedIn {
  readonly accountId: string;
  readonly name: string;
  readonly role: Role;
  readonly permissions: readonly Permission[];
  readonly mustChangePassword: boolean;
  /** False of whom a provider vouches for. */
  readonly hasPassword: boolean;
}

/** Somebody whom a provider vouches for: by its address and what it knows them by; what it calls them, and what they are here by its word, `null` where they are nothing. */
export interface VouchedFor {
  readonly issuer: string;
  readonly subject: string;
  readonly name: string;
  readonly role: Role | null;
}

/** Why whom a provider vouches for does not come in: they are nothing here, what they are called is no name of an account, or the account is disabled. */
export type VouchRefusal = 'no-role' | 'no-name' | 'disabled';

/** From where somebody signs in: the address that the request comes from, and what a browser keeps that has signed in before; `null` where it keeps nothing. */
export interface FromWhere {
  readonly address: string;
  readonly browser: string | null;
}

/** `refused` says no more: neither whether there is such an account, nor why. `wait`: too many were wrong before; nothing was looked at. */
export type SignInRefused = { readonly kind: 'refused' } | { readonly kind: 'wait'; readonly seconds: number };

/** What somebody who signed in has in their hands: the secret of the session, and what their browser is known by from now on. */
export interface BegunSession {
  readonly secret: string;
  readonly browser: string;
  readonly who: SignedIn;
}

export type PasswordChanged =
  | { readonly kind: 'changed'; readonly session: BegunSession }
  | SignInRefused
  | { readonly kind: 'invalid'; readonly problem: string };

/** `last-administrator`: nobody could make it undone, whatever a provider says. `of-provider`: it is the provider's to say. */
export type AccountActed = 'done' | 'not-there' | 'last-administrator' | 'of-provider';

/** `beyond-role` names what of the scope the account itself may not. */
export type ApiTokenAdded =
  | { readonly kind: 'added'; readonly id: string; readonly token: string }
  | { readonly kind: 'not-there' }
  | { readonly kind: 'beyond-role'; readonly beyond: readonly Permission[] };

/** Who is at the door. Secrets are asked for by whoever has them, and kept as their digests alone. */
export interface SignInDesk {
  signIn(name: string, password: string, from: FromWhere): Promise<{ readonly kind: 'signed-in'; readonly session: BegunSession } | SignInRefused>;
  /** By the word of a provider that the caller has checked: an account is made at the first time, and is what the provider says at each. */
  vouchedFor(
    person: VouchedFor,
    from: FromWhere,
  ): Promise<{ readonly kind: 'signed-in'; readonly session: BegunSession } | { readonly kind: 'refused'; readonly why: VouchRefusal }>;
  /** Without a session: for clients that send name and password each time. Nobody whose password must be changed. */
  byPassword(name: string, password: string, from: FromWhere): Promise<{ readonly kind: 'known'; readonly who: SignedIn } | SignInRefused>;
  bySession(secret: string, how?: { readonly unnoticed?: boolean }): Promise<SignedIn | null>;
  byToken(token: string): Promise<SignedIn | null>;
  signOut(secret: string): Promise<void>;
  /** Ends every session of the account, and begins another. */
  changePassword(secret: string, passwords: { readonly current: string; readonly next: string }, from: FromWhere): Promise<PasswordChanged>;
}

/** What is done to accounts and tokens; `by` is who acts. */
export interface AccountDesk {
  list(): Promise<readonly Account[]>;
  /** With a password for one sign-in, which is told to nobody else; `null` where there is an account of that name. */
  add(account: NewAccount, by: string): Promise<{ readonly id: string; readonly oneTimePassword: string } | null>;
  /** Another password for one sign-in; ends its sessions. `null` where there is no such account; whom a provider vouches for has none. */
  resetPassword(id: string, by: string): Promise<{ readonly oneTimePassword: string } | 'of-provider' | null>;
  setRole(id: string, role: Role, by: string): Promise<AccountActed>;
  setDisabled(id: string, isDisabled: boolean, by: string): Promise<AccountActed>;
  /** Those of one account, or all; the newest first. */
  tokens(accountId: string | null): Promise<readonly ApiToken[]>;
  /** The secret is told here and nowhere else. */
  addToken(accountId: string, token: NewApiToken, by: string): Promise<ApiTokenAdded>;
  /** False where there is no such token in force; of that account, where one is named. */
  revokeToken(id: string, accountId: string | null, by: string): Promise<boolean>;
}
