import type { Configuration, LinkConfiguration, Logins } from '@sync-hub/configuration';
import type { RecordRef } from '@sync-hub/contracts';
import { type Database, MetadataDriftRepository, MetMetadataRepository } from '@sync-hub/persistence';
import { comparedOn, compareMetadata, comparisonDigest, type MetadataCompared } from './compare-metadata.js';
import { withEnds } from './ends-of-link.js';
import { type PullPlan, planPull } from './plan-pull.js';

/** A person waits. */
const WHOLE_COMPARISON_MS = 600_000;

/** Compares the metadata of both ends of a link for a person who asks, keeps what is found, and writes nothing at a site. Logs in once at each. */
export async function compareLink(database: Database, configuration: Configuration, link: LinkConfiguration, logins?: Logins): Promise<MetadataCompared> {
  return withEnds({ database, configuration, link, ...(logins === undefined ? {} : { logins }) }, async (ends) => {
    const met = await new MetMetadataRepository(database).on(link.id);
    const compared = await compareMetadata(ends, comparedOn(link), met, { signal: AbortSignal.timeout(WHOLE_COMPARISON_MS) });
    await database.transaction((tx) => new MetadataDriftRepository(database).keep(tx, link.id, comparisonDigest(link), compared));
    return compared;
  });
}

/** What comes with one piece of metadata that a person has pulled on the link, for a person who asks. Writes nothing at a site. Logs in once at each. */
export function planPullOn(database: Database, configuration: Configuration, link: LinkConfiguration, record: RecordRef, logins?: Logins): Promise<PullPlan> {
  return withEnds({ database, configuration, link, ...(logins === undefined ? {} : { logins }) }, (ends) =>
    planPull(ends, record, { signal: AbortSignal.timeout(WHOLE_COMPARISON_MS) }),
  );
}
