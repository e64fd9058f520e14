import type { OidcConfiguration } from '@sync-hub/configuration';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
} from 'openid-client';
import type { Journey } from './journey.js';
import type { Claims } from './person-of.js';

/** What the console goes by: the configuration as it is now, `undefined` where nobody else vouches for people, and the secret that it refers to. */
export interface OidcSettings {
  readonly current: () => OidcConfiguration | undefined;
  readonly secret: (configuration: OidcConfiguration) => Promise<string>;
}

const TIMEOUT_SECONDS = 10;

/** A provider that has moved is noticed so soon. */
const KNOWN_FOR_MS = 10 * 60_000;

/** The provider that vouches for people, spoken to by the authorization code flow with PKCE; what it signs is checked by its keys. Throws what `troubleOf` reads. */
export class Provider {
  private known: { readonly key: string; readonly until: number; readonly found: Configuration } | null = null;

  constructor(private readonly secret: OidcSettings['secret']) {}

  /** Where a browser is sent, to come back to `redirectTo`. */
  async addressFor(settings: OidcConfiguration, redirectTo: string, { state, nonce, verifier }: Journey): Promise<URL> {
    return buildAuthorizationUrl(await this.find(settings), {
      redirect_uri: redirectTo,
      scope: [...new Set(['openid', ...settings.scopes])].join(' '),
      state,
      nonce,
      code_challenge: await calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
  }

  /** What it says of who came back to that address. */
  async claimsOf(settings: OidcConfiguration, cameTo: URL, { state, nonce, verifier }: Journey): Promise<Claims> {
    const found = await this.find(settings);
    const granted = await authorizationCodeGrant(found, cameTo, { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier });
    const signed = granted.claims();
    if (signed === undefined) throw new TypeError('the provider has signed nothing');
    const told = found.serverMetadata().userinfo_endpoint === undefined ? {} : await fetchUserInfo(found, granted.access_token, signed.sub);
    return { ...signed, ...told, sub: signed.sub };
  }

  private async find(settings: OidcConfiguration): Promise<Configuration> {
    const secret = await this.secret(settings);
    const key = JSON.stringify([settings.issuer, settings.clientId, secret]);
    if (this.known?.key === key && this.known.until > Date.now()) return this.known.found;
    const isPlain = settings.issuer.startsWith('http:');
    const found = await discovery(new URL(settings.issuer), settings.clientId, undefined, authenticatedBy(secret), {
      timeout: TIMEOUT_SECONDS,
      execute: isPlain ? [enableNonRepudiationChecks, allowInsecureRequests] : [enableNonRepudiationChecks],
    });
    this.known = { key, until: Date.now() + KNOWN_FOR_MS, found };
    return found;
  }
}

/** As the provider takes it; where it says nothing, as its standard has it (OpenID Connect Discovery 1.0, section 3). */
const authenticatedBy =
  (secret: string): ClientAuth =>
  (server, ...rest) => {
    const ways = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    return (ways.includes('client_secret_basic') ? ClientSecretBasic : ClientSecretPost)(secret)(server, ...rest);
  };
