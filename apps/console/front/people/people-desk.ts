import type { Account, ApiToken, NewAccount, NewApiToken, Permission, Role } from '@sync-hub/contracts';
import { askConsole, Refused, tellConsole } from '../desk.js';
import { keepPageToken } from '../session.js';

/** Who is signed in. */
export interface Session {
  readonly name: string;
  readonly role: Role;
  readonly permissions: readonly Permission[];
  readonly mustChangePassword: boolean;
  /** False of whom a provider vouches for. */
  readonly hasPassword: boolean;
}

/** Who else vouches for people. */
export interface Provider {
  readonly title: string;
}

async function begun(answer: Response): Promise<Session> {
  const { pageToken, ...session } = (await answer.json()) as Session & { readonly pageToken: string };
  keepPageToken(pageToken);
  return session;
}

/** `null` where nobody is. */
export async function findSession(): Promise<Session | null> {
  try {
    return await begun(await askConsole('/api/session'));
  } catch (error) {
    if (error instanceof Refused && error.status === 401) return null;
    throw error;
  }
}

export const signIn = async (name: string, password: string): Promise<Session> => begun(await tellConsole('/api/session', { name, password }));

/** `null` where nobody else vouches for people. */
export const findProvider = async (): Promise<Provider | null> => (await (await askConsole('/api/session/oidc')).json()).provider;

/** Where to go to be vouched for. */
export const wayToProvider = async (): Promise<string> => (await (await tellConsole('/api/session/oidc', {})).json()).goTo;

export const endSession = async (): Promise<void> => void (await tellConsole('/api/session/end', {}));

export const changePassword = async (current: string, next: string): Promise<Session> => begun(await tellConsole('/api/session/password', { current, next }));

export const listAccounts = async (): Promise<readonly Account[]> => (await (await askConsole('/api/accounts')).json()).accounts;

export const addAccount = async (account: NewAccount): Promise<{ readonly oneTimePassword: string }> => (await tellConsole('/api/accounts', account)).json();

export const setRole = async (id: string, role: Role): Promise<void> => void (await tellConsole(`/api/accounts/${id}/role`, { role }));

export const setDisabled = async (id: string, isDisabled: boolean): Promise<void> =>
  void (await tellConsole(`/api/accounts/${id}/${isDisabled ? 'disable' : 'enable'}`, {}));

export const resetPassword = async (id: string): Promise<{ readonly oneTimePassword: string }> =>
  (await tellConsole(`/api/accounts/${id}/password`, {})).json();

/** One's own, or everybody's. */
export const listTokens = async (whose: TokensOf): Promise<readonly ApiToken[]> => (await (await askConsole(PLACE[whose])).json()).tokens;

export const addOwnToken = async (token: NewApiToken): Promise<{ readonly token: string }> => (await tellConsole('/api/tokens', token)).json();

export const revokeToken = async (whose: TokensOf, id: string): Promise<void> => void (await tellConsole(`${PLACE[whose]}/${id}/revoke`, {}));

export type TokensOf = 'own' | 'everybody';

const PLACE: Readonly<Record<TokensOf, string>> = { own: '/api/tokens', everybody: '/api/accounts/tokens' };
