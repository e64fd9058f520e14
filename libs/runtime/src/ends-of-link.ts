import { readFile } from 'node:fs/promises';
import { type Configuration, type LinkConfiguration, type Logins, mappedAt, resolveSecrets } from '@sync-hub/configuration';
import { BugError } from '@sync-hub/contracts';
import type { SideName } from '@sync-hub/merge';
import { mappedBooks, type SiteClient, type SiteOptions, Sites } from '@sync-hub/openmrs';
import { AliasRepository, type Database } from '@sync-hub/persistence';
import { environment } from './env.js';

const ONE_ANSWER_MS = 30_000;
/** A person waits, and the hub has its own work to do there. */
const MOST_AT_ONCE = 2;

/** Where a person's command asks the sites of a link. */
export interface AskedLink {
  readonly database: Database;
  readonly configuration: Configuration;
  readonly link: LinkConfiguration;
  /** Instead of the secrets that the configuration refers to. */
  readonly logins?: Logins;
}

/** Does some work with both ends of a link for a person who asks, never with more at once than each end's cap. Logs in once at each. */
export async function withEnds<Result>(
  asked: AskedLink,
  work: (ends: Readonly<Record<SideName, SiteClient>>, sites: Sites) => Promise<Result>,
): Promise<Result> {
  const { link } = asked;
  const sites = new Sites(await optionsOf(asked), booksOver(asked).of);
  try {
    return await work({ parent: sites.of(link.parent), child: sites.of(link.child) }, sites);
  } finally {
    await sites.close();
  }
}

function booksOver({ database, configuration }: AskedLink) {
  const aliases = new AliasRepository(database);
  return mappedBooks(
    (site) => aliases.bookOf(site),
    (site) => mappedAt(configuration, site),
  );
}

async function optionsOf({ configuration, link: { parent, child }, logins }: AskedLink): Promise<readonly SiteOptions[]> {
  const sites = configuration.sites.filter(({ id }) => id === parent || id === child);
  const known = logins ?? (await resolveSecrets({ ...configuration, sites }, environment(), (path) => readFile(path, 'utf8')));
  return sites.map(({ id, baseUrl, maxInFlight }) => {
    const login = known.get(id);
    if (login === undefined) throw new BugError('a site has no login', { site: id });
    return { id, baseUrl, ...login, maxInFlight: Math.min(MOST_AT_ONCE, maxInFlight), answerTimeoutMs: ONE_ANSWER_MS };
  });
}
