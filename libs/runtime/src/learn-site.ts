import { LockedOutError, SiteDownError, type SiteId, SyncError } from '@sync-hub/contracts';
import type { Log } from '@sync-hub/observability';
import { hasPrivilege, isTooOld, type SiteFacts } from '@sync-hub/openmrs';
import type { ChangeRepository, ClosedClassRepository, Database, RedriveRepository, SiteRepository } from '@sync-hub/persistence';
import { type ProbeAnswer, TOO_OLD } from './circuit.js';
import { unsupportedAt } from './closed-classes.js';
import { type SiteChange, siteChanges } from './site-changes.js';
import type { SiteClients } from './site-clients.js';

/** What asking needs: the site, and where its answer is kept. */
export interface Learning {
  readonly clients: Pick<SiteClients, 'learn'>;
  readonly database: Database;
  readonly sites: SiteRepository;
  readonly changes: ChangeRepository;
  readonly closedClasses: ClosedClassRepository;
  readonly redrive: RedriveRepository;
  readonly log: Log;
}

const UP: ProbeAnswer = { state: 'up', code: null };

/**
 * Asks a site what it is and what it can do, and compares with what it said last, for people to see: of an upgrade all processes are told, classes close and open by what it can
 * and our account may, and what the site would not do for us record by record is looked at again. A site that does not say it is spoken to all the same, as the oldest there is; one that we cannot read stays closed.
 */
export async function learnSite(learning: Learning, site: SiteId): Promise<ProbeAnswer> {
  try {
    const found = await learning.clients.learn(site);
    await remember(learning, site, found);
    return isTooOld(found) ? { state: 'down', code: TOO_OLD } : UP;
  } catch (error) {
    if (error instanceof LockedOutError) return { state: 'locked-out', code: 'locked-out' };
    if (error instanceof SiteDownError) return { state: 'down', code: 'down' };
    if (!(error instanceof SyncError)) throw error;
    learning.log.error('site-not-understood', error, { site });
    return UP;
  }
}

async function remember({ database, sites, changes, closedClasses, redrive, log }: Learning, site: SiteId, found: SiteFacts): Promise<void> {
  const { result } = await database.transaction(async (tx) => {
    const before = (await sites.learned(tx, site, found)) as SiteFacts | null;
    await closedClasses.keepUnsupported(tx, site, unsupportedAt(site, found));
    await closedClasses.allowed(tx, site, (privilege) => found.privileges === null || hasPrivilege(found.privileges, privilege));
    if (before === null) return null;
    const told = siteChanges(before, found);
    if (told.length > 0) await sites.noteChanges(tx, site, told);
    const fields = differencesOf(before, found);
    if (fields.length === 0) return { fields, told, count: 0 };
    await sites.hasChanged(tx, site);
    const looks = await redrive.looksFor(tx, { refusedAt: site });
    await changes.open(tx, looks);
    return { fields, told, count: looks.length };
  });
  if (result === null || result.fields.length + result.told.length === 0) return;
  log.info('site-changed', { site, fields: result.fields, names: namesOf(result.told), count: result.count });
}

/** What is another, with what it is now where that is a version: `webservices.rest/3.4.0`. */
const namesOf = (told: readonly SiteChange[]): string[] =>
  told.map(({ what, now }) => `${what.toLowerCase().replaceAll(/[^a-z]+/g, '-')}${/^\d[\w.-]{0,30}$/.test(now) ? `/${now}` : ''}`);

/** Nothing is planned by these, or `account` tells of them. */
const NOT_COMPARED: ReadonlySet<keyof SiteFacts> = new Set(['clockSkewMs', 'clockWithinMs', 'privileges', 'pages', 'charset'] as const);

/** The names of what a site says of itself otherwise than before. */
export function differencesOf(before: SiteFacts, now: SiteFacts): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])] as (keyof SiteFacts)[];
  return names.filter((name) => !NOT_COMPARED.has(name) && JSON.stringify(before[name]) !== JSON.stringify(now[name])).sort();
}
