import { BugError, type LinkId, type SiteId } from '@sync-hub/contracts';
import type { CallOptions, EventReading, SiteClient, SiteFacts } from '@sync-hub/openmrs';
import { type SiteClients as Clients, SiteClients } from '@sync-hub/runtime';

/** What asks a site to change something, or remembers what it found there. */
const WRITES = new Set<PropertyKey>(['write', 'voidObsOf']);

/** Is told of every answer of a site. */
export interface Metering {
  answered(site: SiteId, tookMs: number): void;
  received(site: SiteId, bytes: number): void;
}

/** Clients by which nothing is written, whoever tries: for a look that is to leave no trace. */
export class ReadingClients extends SiteClients {
  constructor(
    private readonly clients: Clients,
    private readonly metering: Metering | null = null,
  ) {
    super();
  }

  override async of(site: SiteId): Promise<SiteClient> {
    const client = readingOnly(await this.clients.of(site));
    return this.metering === null ? client : metered(client, site, this.metering);
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

/** Tells of the answers to all that is asked with call options. */
const metered = (client: SiteClient, site: SiteId, metering: Metering): SiteClient =>
  new Proxy(client, {
    get: (target, name) => {
      const value = Reflect.get(target, name, target) as unknown;
      if (typeof value !== 'function') return value;
      return (...given: readonly unknown[]) =>
        value.apply(
          target,
          given.map((one) => (isCallOptions(one) ? meteredOptions(one, site, metering) : one)),
        );
    },
  });

const isCallOptions = (given: unknown): given is CallOptions => typeof given === 'object' && given !== null && 'signal' in given;

const meteredOptions = (options: CallOptions, site: SiteId, metering: Metering): CallOptions => ({
  ...options,
  heard: (answer) => {
    metering.answered(site, answer.tookMs);
    options.heard?.(answer);
  },
  received: (bytes) => metering.received(site, bytes),
});
