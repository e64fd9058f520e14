import { readFile } from 'node:fs/promises';
import { type Configuration, type Logins, resolveSecrets, siteNeeds, siteOf } from '@sync-hub/configuration';
import { BugError, type SiteId } from '@sync-hub/contracts';
import { askSite, type RoleVersions, roleFor, type SiteRole } from '@sync-hub/openmrs';
import { environment } from './env.js';

export type { RoleVersions, SiteRole } from '@sync-hub/openmrs';

const WHOLE_QUESTION_MS = 60_000;
const ONE_ANSWER_MS = 15_000;

/** What our account at a site must be allowed, as its platform calls it. Nobody is asked. */
export const roleOfSite = (configuration: Configuration, site: SiteId, versions: RoleVersions): SiteRole => roleFor(siteNeeds(configuration, site), versions);

/** The versions of a site, as it tells them to our account; `null` where it does not, or does not let us in. Writes nothing; logs in once. */
export async function versionsOfSite(configuration: Configuration, site: SiteId, logins?: Logins): Promise<RoleVersions | null> {
  const { baseUrl, ...rest } = siteOf(configuration, site);
  const known = logins ?? (await resolveSecrets({ ...configuration, sites: [{ baseUrl, ...rest }] }, environment(), (path) => readFile(path, 'utf8')));
  const login = known.get(site);
  if (login === undefined) throw new BugError('a site has no login', { site });
  const needs = { ...siteNeeds(configuration, site), feeds: [], mapped: [] };
  const options = { id: site, baseUrl, username: login.username, password: login.password, maxInFlight: 1, answerTimeoutMs: ONE_ANSWER_MS };
  const { platform, modules } = await askSite(options, needs, { signal: AbortSignal.timeout(WHOLE_QUESTION_MS) });
  return platform === null ? null : { platform, rest: modules?.['webservices.rest'] ?? null, modules };
}
