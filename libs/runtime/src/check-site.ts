import { readFile } from 'node:fs/promises';
import { type Configuration, type Logins, resolveSecrets, siteNeeds, siteOf } from '@sync-hub/configuration';
import { BugError, type SiteId } from '@sync-hub/contracts';
import { askSite, type Finding, judgePreflight } from '@sync-hub/openmrs';
import { environment } from './env.js';

export type { Finding } from '@sync-hub/openmrs';

/** A person waits, and a server that takes longer has a problem of its own. */
const WHOLE_CHECK_MS = 120_000;
const ONE_ANSWER_MS = 15_000;

/** Looks at a site as the configuration means to use it, and says what is right and wrong. Writes nothing; logs in once. */
export async function checkSite(configuration: Configuration, site: SiteId, logins?: Logins): Promise<readonly Finding[]> {
  const { baseUrl, ...rest } = siteOf(configuration, site);
  const only = { ...configuration, sites: [{ baseUrl, ...rest }] };
  const login = (logins ?? (await resolveSecrets(only, environment(), (path) => readFile(path, 'utf8')))).get(site);
  if (login === undefined) throw new BugError('a site has no login', { site });
  const needs = siteNeeds(configuration, site);
  const options = { id: site, baseUrl, username: login.username, password: login.password, maxInFlight: 1, answerTimeoutMs: ONE_ANSWER_MS };
  return judgePreflight(await askSite(options, needs, { signal: AbortSignal.timeout(WHOLE_CHECK_MS) }), needs);
}
