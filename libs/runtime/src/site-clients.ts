import type { LinkId, SiteId } from '@sync-hub/contracts';
import type { CallOptions, FetchPage, SiteCapabilities, SiteClient } from '@sync-hub/openmrs';
import type { ProbeAnswer } from './circuit.js';

/** The client of each site, as its capabilities ask. A class, so that Nest can inject it. */
export abstract class SiteClients {
  abstract of(site: SiteId): Promise<SiteClient>;
  /** The longest a request to the site can take, deadline and all: no write is unknown for longer. */
  abstract longestRequestMs(site: SiteId): number;
  /** The pages of one of the site's feeds. */
  abstract feed(site: SiteId, category: string, options: CallOptions): FetchPage;
  /** Asks the site what it is and what it can do, and goes by it from now on. Throws SyncError. */
  abstract learn(site: SiteId): Promise<SiteCapabilities>;
  /** What it can is asked anew before the site is next read or written. */
  abstract forget(site: SiteId): void;
  /** Who claims to run the link, as a setting at its parent says; `null` where nobody does. */
  abstract readEngineClaim(parent: SiteId, link: LinkId): Promise<string | null>;
  abstract writeEngineClaim(parent: SiteId, link: LinkId, claim: string): Promise<void>;
  /** `GET session` and nothing else. */
  abstract ping(site: SiteId): Promise<ProbeAnswer>;
  abstract close(): Promise<void>;
}
