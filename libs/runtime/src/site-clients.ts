import { type LinkId, type SiteId, SiteRestsError } from '@sync-hub/contracts';
import type { CallOptions, EventReading, EventsToRead, SiteClient, SiteFacts } from '@sync-hub/openmrs';
import type { ProbeAnswer } from './circuit.js';
import type { Settings } from './settings.js';

/** The client of each site, as its capabilities ask. A class, so that Nest can inject it. */
export abstract class SiteClients {
  private rests: (site: SiteId) => boolean = () => false;

  /** To begin something with the site. Throws SiteRestsError outside of its windows. */
  async of(site: SiteId): Promise<SiteClient> {
    if (this.rests(site)) throw new SiteRestsError(site);
    return this.clientOf(site);
  }

  /** Under which uuids the site's records are known everywhere. The site itself is asked nothing, and so may rest. */
  namesAt(site: SiteId): Promise<Pick<SiteClient, 'canonicalOf'>> {
    return this.clientOf(site);
  }

  /** From now on `rests` says which sites nothing is to be begun with. What has its client goes on to its end. */
  restBy(rests: (site: SiteId) => boolean): void {
    this.rests = rests;
  }

  protected abstract clientOf(site: SiteId): Promise<SiteClient>;
  /** The longest a request to the site can take, deadline and all: no write is unknown for longer. */
  abstract longestRequestMs(site: SiteId): number;
  /** What the site tells of its changes, where it does not tell by itself. */
  abstract readEvents(site: SiteId, toRead: EventsToRead, options: CallOptions): Promise<EventReading>;
  /** Asks the site what it is and what it can do, and goes by it from now on. Throws SyncError. */
  abstract learn(site: SiteId): Promise<SiteFacts>;
  /** What it can is asked anew before the site is next read or written. */
  abstract forget(site: SiteId): void;
  /** Who claims to run the link, as a setting at its parent says; `null` where nobody does. */
  abstract readEngineClaim(parent: SiteId, link: LinkId): Promise<string | null>;
  abstract writeEngineClaim(parent: SiteId, link: LinkId, claim: string): Promise<void>;
  /** `GET session` and nothing else. */
  abstract ping(site: SiteId): Promise<ProbeAnswer>;
  /** Does the site say of our account that it has not got that privilege? Asked now. False where it does not say. Throws SyncError. */
  abstract lacks(site: SiteId, privilege: string): Promise<boolean>;
  /** Speaks to the sites as these settings say from now on. What is under way goes on as it began, for a moment. */
  async configure(_settings: Settings): Promise<void> {
    // Those that know their sites by themselves have nothing to change.
  }
  abstract close(): Promise<void>;
}
