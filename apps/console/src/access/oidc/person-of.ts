import type { OidcConfiguration } from '@sync-hub/configuration';
import type { VouchedFor } from '@sync-hub/contracts';

/** What a provider says of somebody. */
export type Claims = Readonly<Record<string, unknown>> & { readonly sub: string };

type Rules = Pick<OidcConfiguration, 'issuer' | 'nameClaim' | 'rolesClaim' | 'roles'>;

/** Who that is here: what the first line makes of them that fits, and nothing where none does. */
export function personOf(claims: Claims, { issuer, nameClaim, rolesClaim, roles }: Rules): VouchedFor {
  const name = claimAt(claims, nameClaim);
  const has = new Set([claimAt(claims, rolesClaim)].flat());
  const role = roles.find((one) => has.has(one.has))?.is ?? null;
  return { issuer, subject: claims.sub, name: typeof name === 'string' ? name : '', role };
}

/** A claim by its name, or by its way: `realm_access.roles`. */
function claimAt(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  return name.split('.').reduce<unknown>((at, key) => (isTable(at) && Object.hasOwn(at, key) ? at[key] : undefined), claims);
}

const isTable = (at: unknown): at is Readonly<Record<string, unknown>> => typeof at === 'object' && at !== null;
