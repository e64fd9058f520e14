import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

/** Somebody whom the provider knows: what it says of them, by `sub`. */
export type KnownThere = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export const TEST_CLIENT = { id: 'sync-hub', secret: 'a-secret-of-this-test-alone' };

/** A provider of OpenID Connect on this machine, with a page on which one says who one is. `known` may change while it runs. */
export interface TestProvider {
  readonly issuer: string;
  known: KnownThere;
  /** It answers 503 to everything. */
  isAway: boolean;
  /** Each request that it got, as it stands in its log. */
  readonly asked: readonly string[];
  stop(): Promise<void>;
}

/** It leads back to `redirectTo` alone. */
export async function startTestProvider(redirectTo: string, host = '127.0.0.1'): Promise<TestProvider> {
  const asked: string[] = [];
  let handle: ((...args: Parameters<ReturnType<Provider['callback']>>) => unknown) | null = null;
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    if (it.isAway) response.writeHead(503).end('away');
    else handle?.(request, response);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const issuer = `http://${host}:${(server.address() as AddressInfo).port}`;
  const it: TestProvider & { known: KnownThere; isAway: boolean } = {
    issuer,
    known: {},
    isAway: false,
    asked,
    stop: () =>
      new Promise((stopped) => {
        server.close(() => stopped());
        server.closeAllConnections();
      }),
  };
  handle = handlerOf(issuer, redirectTo, () => it.known);
  return it;
}

function handlerOf(issuer: string, redirectTo: string, known: () => KnownThere): ReturnType<Provider['callback']> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const provider = new Provider(issuer, {
    clients: [{ client_id: TEST_CLIENT.id, client_secret: TEST_CLIENT.secret, redirect_uris: [redirectTo] }],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig' }] },
    ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
    features: { devInteractions: { enabled: false } },
    claims: { profile: ['preferred_username'], groups: ['groups', 'realm_access'] },
    scopes: ['openid', 'profile', 'groups'],
    cookies: { keys: ['only-for-tests'] },
    findAccount: (_, sub) => ({ accountId: sub, claims: async () => ({ sub, ...known()[sub] }) }),
    // Whom it knows it asks for nothing more.
    loadExistingGrant: async ({ oidc }) => {
      const grant = new provider.Grant({ accountId: oidc.session?.accountId ?? '', clientId: oidc.client?.clientId ?? '' });
      grant.addOIDCScope('openid profile groups');
      await grant.save();
      return grant;
    },
  });
  const callback = provider.callback();
  return async (request, response) => {
    const isInteraction = request.url?.startsWith('/interaction/') === true;
    if (!isInteraction) return callback(request, response);
    if (request.method === 'POST') {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      const login = new URLSearchParams(body).get('login');
      const result = login === null ? { error: 'access_denied' } : { login: { accountId: login } };
      return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
    }
    const buttons = [...Object.keys(known()).map((sub) => `<button name="login" value="${sub}">${sub}</button>`), '<button>nobody</button>'];
    response.writeHead(200, { 'content-type': 'text/html' }).end(`<!doctype html><title>id</title><form method="post">${buttons.join('')}</form>`);
    return undefined;
  };
}
