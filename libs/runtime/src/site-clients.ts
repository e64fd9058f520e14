import type { SiteId } from '@sync-hub/contracts';
import type { SiteClient } from '@sync-hub/openmrs';

/** The client of each site, as its capabilities ask. A class, so that Nest can inject it. */
export abstract class SiteClients {
  abstract of(site: SiteId): Promise<SiteClient>;
  /** The longest a request to the site can take, deadline and all: no write is unknown for longer. */
  abstract longestRequestMs(site: SiteId): number;
}
