import type { Account, ApiToken, NewAccount, NewApiToken, Role } from '@sync-hub/contracts';
import { api, done, told } from '../api/client.js';
import type { Session as ToldSession } from '../api/paths.js';
import { Refused } from '../api/refused.js';
import { keepPageToken } from '../session.js';

/** Who is signed in. */
export type Session = Omit<ToldSession, 'pageToken'>;

function begun({ pageToken, ...session }: ToldSession): Session {
  keepPageToken(pageToken);
  return session;
}

/** `null` where nobody is. */
export async function findSession(): Promise<Session | null> {
  try {
    return begun(await told(api.GET('/api/session')));
  } catch (error) {
    if (error instanceof Refused && error.status === 401) return null;
    throw error;
  }
}

export const signIn = async (name: string, password: string): Promise<Session> => begun(await told(api.POST('/api/session', { body: { name, password } })));

/** Who else vouches for people; `null` where nobody does. */
export const findProvider = async () => (await told(api.GET('/api/session/oidc'))).provider;

/** Where to go to be vouched for. */
export const wayToProvider = async (): Promise<string> => (await told(api.POST('/api/session/oidc', { body: {} }))).goTo;

export const endSession = (): Promise<void> => done(api.POST('/api/session/end', { body: {} }));

export const changePassword = async (current: string, next: string): Promise<Session> =>
  begun(await told(api.POST('/api/session/password', { body: { current, next } })));

export const listAccounts = async (): Promise<readonly Account[]> => (await told(api.GET('/api/accounts'))).accounts;

export const addAccount = (body: NewAccount) => told(api.POST('/api/accounts', { body }));

const at = (id: string) => ({ path: { id } });

export const setRole = (id: string, role: Role): Promise<void> => done(api.POST('/api/accounts/{id}/role', { params: at(id), body: { role } }));

export const setDisabled = (id: string, isDisabled: boolean): Promise<void> =>
  done(isDisabled ? api.POST('/api/accounts/{id}/disable', { params: at(id), body: {} }) : api.POST('/api/accounts/{id}/enable', { params: at(id), body: {} }));

export const resetPassword = (id: string) => told(api.POST('/api/accounts/{id}/password', { params: at(id), body: {} }));

/** One's own, or everybody's. */
export const listTokens = async (whose: TokensOf): Promise<readonly ApiToken[]> =>
  (await told(whose === 'own' ? api.GET('/api/tokens') : api.GET('/api/accounts/tokens'))).tokens;

export const addOwnToken = (body: NewApiToken) => told(api.POST('/api/tokens', { body }));

export const revokeToken = (whose: TokensOf, id: string): Promise<void> =>
  done(
    whose === 'own'
      ? api.POST('/api/tokens/{id}/revoke', { params: at(id), body: {} })
      : api.POST('/api/accounts/tokens/{id}/revoke', { params: at(id), body: {} }),
  );

export type TokensOf = 'own' | 'everybody';
