import { categoriesOf, tellerFor, tellerOf } from '@sync-hub/categories';
import type { Configuration, Logins } from '@sync-hub/configuration';
import { mappedAt, routesOf, siteOf, sitesRunHere } from '@sync-hub/configuration';
import { BugError, type LinkId, type RecordRef, type SiteId, type Uuid } from '@sync-hub/contracts';
import type { Meters } from '@sync-hub/observability';
import {
  type CallOptions,
  type EventReading,
  type EventsToRead,
  type MappedBooks,
  mappedBooks,
  type SiteClient,
  type SiteFacts,
  type SiteOptions,
  Sites,
} from '@sync-hub/openmrs';
import type { ProbeAnswer } from './circuit.js';
import type { Repositories } from './repositories.js';
import type { Settings } from './settings.js';
import { SiteClients } from './site-clients.js';
import type { Times } from './times.js';

/** A probe must not hang where a request may take long. */
const PROBE_MS = 10_000;

export interface ClientParts {
  readonly configuration: Configuration;
  readonly logins: Logins;
  readonly repositories: Repositories;
  readonly times: Times;
  readonly meters: Pick<Meters, 'setInFlightLimit'>;
}

/** The clients of real sites, as the configuration names them. */
export class OpenmrsSiteClients extends SiteClients {
  private readonly sites: Sites;
  private readonly books: MappedBooks;
  private configuration: Configuration;

  constructor(private readonly parts: ClientParts) {
    super();
    const { configuration, logins, repositories } = parts;
    this.configuration = configuration;
    this.books = mappedBooks(
      (site) => repositories.aliases.bookOf(site),
      (site) => mappedAt(this.configuration, site),
    );
    this.sites = new Sites(this.optionsFor({ configuration, logins }), this.books.of, (site, record) => this.patientOf(site, record));
  }

  /** Whom a record hangs on, as the ends of one of the site's links have agreed. */
  private async patientOf(site: SiteId, record: RecordRef): Promise<Uuid | null> {
    const links = routesOf(this.configuration, site).map(({ link }) => link.id);
    const agreed = [...(await this.parts.repositories.agreements.findAll(links, record)).values()];
    const paths = categoriesOf(record.aggregate).flatMap(({ hangsOn }) => hangsOn?.patients ?? []);
    const told = agreed.flatMap(({ agreement }) => paths.flatMap((path) => [agreement?.parent.fields[path], agreement?.child.fields[path]]));
    return told.find((uuid) => typeof uuid === 'string') ?? null;
  }

  override async configure(settings: Settings): Promise<void> {
    await this.sites.configure(this.optionsFor(settings));
    this.configuration = settings.configuration;
    this.books.forget();
  }

  private optionsFor({ configuration, logins }: Settings): SiteOptions[] {
    return sitesRunHere(configuration).map(({ id, baseUrl, maxInFlight, longestRequestSeconds }): SiteOptions => {
      const login = logins.get(id);
      if (login === undefined) throw new BugError('a site has no login', { site: id });
      const onInFlightLimit = (limit: number): void => this.parts.meters.setInFlightLimit(id, limit);
      return {
        id,
        baseUrl,
        maxInFlight,
        onInFlightLimit,
        username: login.username,
        password: login.password,
        answerTimeoutMs: answerTimeoutMs(longestRequestSeconds),
        unlockWaitMs: this.parts.times.unlockSeconds * 1000,
      };
    });
  }

  protected async clientOf(site: SiteId): Promise<SiteClient> {
    return this.sites.of(site);
  }

  async readEvents(site: SiteId, toRead: EventsToRead, options: CallOptions): Promise<EventReading> {
    const teller = tellerFor(tellerOf(siteOf(this.configuration, site).feed), toRead.category);
    if (teller === 'webhook') throw new BugError('a site that tells of its changes by itself is asked for them', { site });
    return this.sites.readEvents(site, toRead, teller, options);
  }

  longestRequestMs(site: SiteId): number {
    return siteOf(this.configuration, site).longestRequestSeconds * 1000;
  }

  async ping(site: SiteId): Promise<ProbeAnswer> {
    const answer = await this.sites.ping(site, { signal: AbortSignal.timeout(PROBE_MS) });
    return answer.state === 'up' ? { ...answer, code: null } : { ...answer, code: answer.state };
  }

  lacks(site: SiteId, privilege: string): Promise<boolean> {
    return this.sites.lacks(site, privilege, { signal: AbortSignal.timeout(PROBE_MS) });
  }

  learn(site: SiteId): Promise<SiteFacts> {
    return this.sites.learn(site, { signal: AbortSignal.timeout(PROBE_MS) });
  }

  forget(site: SiteId): void {
    this.sites.forget(site);
  }

  readEngineClaim(parent: SiteId, link: LinkId): Promise<string | null> {
    return this.sites.readEngineClaim(parent, link, { signal: AbortSignal.timeout(PROBE_MS) });
  }

  writeEngineClaim(parent: SiteId, link: LinkId, claim: string): Promise<void> {
    return this.sites.writeEngineClaim(parent, link, claim, { signal: AbortSignal.timeout(PROBE_MS) });
  }

  close(): Promise<void> {
    return this.sites.close();
  }
}

/** Shorter than the lease of a claim allows for one request (`RunnerOptions.lease`). */
const LONGEST_ANSWER_MS = 30_000;

/** We stop waiting well before the server could still be at work, so that a write without an answer is unknown for a known time only. */
const answerTimeoutMs = (longestRequestSeconds: number): number => Math.min(LONGEST_ANSWER_MS, Math.max(500, Math.floor((longestRequestSeconds * 1000) / 2)));
