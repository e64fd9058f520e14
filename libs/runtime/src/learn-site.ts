import { LockedOutError, SiteDownError, type SiteId, SyncError } from '@sync-hub/contracts';
import type { Log } from '@sync-hub/observability';
import { isTooOld, type SiteCapabilities } from '@sync-hub/openmrs';
import type { ChangeRepository, Database, RedriveRepository, SiteRepository } from '@sync-hub/persistence';
import { type ProbeAnswer, TOO_OLD } from './circuit.js';
import type { SiteClients } from './site-clients.js';

/** What asking needs: the site, and where its answer is kept. */
export interface Learning {
  readonly clients: Pick<SiteClients, 'learn'>;
  readonly database: Database;
  readonly sites: SiteRepository;
  readonly changes: ChangeRepository;
  readonly redrive: RedriveRepository;
  readonly log: Log;
}

const UP: ProbeAnswer = { state: 'up', code: null };

/**
 * Asks a site what it is and what it can do, and compares with what it said last: of an upgrade all processes are told, and what the site could not take,
 * or would not let us do, is looked at again. A site that does not say it is spoken to all the same, as the oldest there is; one that we cannot read stays closed.
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

async function remember({ database, sites, changes, redrive, log }: Learning, site: SiteId, found: SiteCapabilities): Promise<void> {
  const { result: changed } = await database.transaction(async (tx) => {
    const before = await sites.learned(tx, site, found);
    const differences = before === null ? [] : differencesOf(before as SiteCapabilities, found);
    if (differences.length === 0) return null;
    await sites.hasChanged(tx, site);
    const looks = await redrive.looksFor(tx, { refusedAt: site });
    await changes.open(tx, looks);
    return { fields: differences, count: looks.length };
  });
  if (changed !== null) log.info('site-changed', { site, ...changed });
}

/** The names of what a site says of itself otherwise than before. Its clock is never twice the same. */
export function differencesOf(before: SiteCapabilities, now: SiteCapabilities): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])] as (keyof SiteCapabilities)[];
  return names.filter((name) => name !== 'clockSkewMs' && before[name] !== now[name]).sort();
}
