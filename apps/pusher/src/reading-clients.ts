import { BugError, type LinkId, type SiteId } from '@sync-hub/contracts';
import type { EventReading, SiteClient, SiteFacts } from '@sync-hub/openmrs';
import { type SiteClients as Clients, SiteClients } from '@sync-hub/runtime';

/** What asks a site to change something, or remembers what it found there. */
const WRITES = new Set<PropertyKey>(['write', 'voidObsOf']);

/** Clients by which nothing is written, whoever tries: for a look that is to leave no trace. */
export class ReadingClients extends SiteClients {
  constructor(private readonly clients: Clients) {
    super();
  }

  override async of(site: SiteId): Promise<SiteClient> {
    return readingOnly(await this.clients.of(site));
  }

  override namesAt(site: SiteId): Promise<Pick<SiteClient, 'canonicalOf'>> {
    return this.clients.namesAt(site);
  }

  protected clientOf(site: SiteId): Promise<SiteClient> {
    return this.of(site);
  }

  longestRequestMs(site: SiteId): number {
    return this.clients.longestRequestMs(site);
  }

  lacks(site: SiteId, privilege: string): Promise<boolean> {
    return this.clients.lacks(site, privilege);
  }

  async readEvents(): Promise<EventReading> {
    throw notForReading();
  }

  async learn(): Promise<SiteFacts> {
    throw notForReading();
  }

  forget(): void {
    throw notForReading();
  }

  async readEngineClaim(_parent: SiteId, _link: LinkId): Promise<string | null> {
    throw notForReading();
  }

  async writeEngineClaim(): Promise<void> {
    throw notForReading();
  }

  async ping(): Promise<never> {
    throw notForReading();
  }

  async close(): Promise<void> {
    // They are another's.
  }
}

const notForReading = (): BugError => new BugError('a look that is to leave no trace tried to do more than look');

/** A twin that is found is remembered as an alias: it is not looked for. */
const readingOnly = (client: SiteClient): SiteClient =>
  new Proxy(client, {
    get: (target, name) => {
      if (WRITES.has(name))
        return async () => {
          throw notForReading();
        };
      if (name === 'findTwin') return async () => null;
      const value = Reflect.get(target, name, target) as unknown;
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
