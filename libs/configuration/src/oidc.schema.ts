import { ROLES } from '@sync-hub/contracts';
import { z } from 'zod';
import { listOf, oneOf, section, textThat } from './section.js';

const words = textThat('a few words of text', (text) => text.trim() !== '');

const ISSUER =
  'the https address of the provider, as its own discovery document says it, such as https://id.example.org/realms/health, without a user, a query or a fragment; http on this machine alone';
const HERE: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

function isIssuer(text: string): boolean {
  if (!/^https?:\/\/[^\s?#@]+$/i.test(text) || !URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || HERE.has(hostname);
}

/** The provider that vouches for people (OpenID Connect): which claim says what they are called, and which of its words make them what here, the first that fits. */
export const oidcSection = <Secret extends z.ZodType>(secret: Secret) =>
  section({
    issuer: textThat(ISSUER, isIssuer),
    clientId: words,
    clientSecret: secret,
    title: words.optional(),
    scopes: listOf(words, 'scopes').default(['profile']),
    nameClaim: words.default('preferred_username'),
    rolesClaim: words.default('groups'),
    roles: listOf(section({ has: words, is: oneOf(ROLES) }), 'what makes somebody what here', 1),
  });
export type OidcConfiguration = z.infer<ReturnType<typeof oidcSection<z.ZodType<{ readonly env: string } | { readonly file: string }>>>>;
