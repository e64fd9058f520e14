import { feedOf } from '@sync-hub/categories';
import type { Configuration, Logins } from '@sync-hub/configuration';
import { siteOf, sitesRunHere } from '@sync-hub/configuration';
import { BugError, type LinkId, type SiteId } from '@sync-hub/contracts';
import type { Meters } from '@sync-hub/observability';
import { type CallOptions, type FetchPage, type SiteCapabilities, type SiteClient, type SiteOptions, Sites } from '@sync-hub/openmrs';
import type { ProbeAnswer } from './circuit.js';
import type { Repositories } from './hub.js';
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

  constructor(private readonly parts: ClientParts) {
    super();
    const { configuration, logins, repositories, times } = parts;
    const options = sitesRunHere(configuration).map(({ id, baseUrl, maxInFlight, longestRequestSeconds }): SiteOptions => {
      const login = logins.get(id);
      if (login === undefined) throw new BugError('a site has no login', { site: id });
      const onInFlightLimit = (limit: number): void => parts.meters.setInFlightLimit(id, limit);
      return {
        id,
        baseUrl,
        maxInFlight,
        onInFlightLimit,
        ...login,
        answerTimeoutMs: answerTimeoutMs(longestRequestSeconds),
        unlockWaitMs: times.unlockSeconds * 1000,
      };
    });
    this.sites = new Sites(options, (site) => repositories.aliases.bookOf(site));
  }

  async of(site: SiteId): Promise<SiteClient> {
    return this.sites.of(site);
  }

  feed(site: SiteId, category: string, options: CallOptions): FetchPage {
    const { flavour } = siteOf(this.parts.configuration, site).feed;
    return this.sites.feed(site, feedOf(flavour, category)?.asked ?? category, options);
  }

  longestRequestMs(site: SiteId): number {
    return siteOf(this.parts.configuration, site).longestRequestSeconds * 1000;
  }

  async ping(site: SiteId): Promise<ProbeAnswer> {
    const answer = await this.sites.ping(site, { signal: AbortSignal.timeout(PROBE_MS) });
    return answer.state === 'up' ? { ...answer, code: null } : { ...answer, code: answer.state };
  }

  learn(site: SiteId): Promise<SiteCapabilities> {
    return this.sites.probe(site, { signal: AbortSignal.timeout(PROBE_MS) });
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
