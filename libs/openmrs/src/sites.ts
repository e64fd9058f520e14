import { BugError, type LinkId, type SiteId } from '@sync-hub/contracts';
import type { AliasBook } from './alias-book.js';
import { feedPages } from './atomfeed/atomfeed-fetch.js';
import type { FetchPage } from './atomfeed/feed-position.js';
import { KnownPages } from './atomfeed/known-pages.js';
import type { SiteCapabilities } from './capabilities.js';
import { type Ping, ping, probe } from './probe.js';
import { readEngineClaim, writeEngineClaim } from './rest/engine-claim.js';
import { KnownUsers } from './rest/known-users.js';
import { RestResources } from './rest/rest-resources.js';
import { RestSiteClient } from './rest/rest-site.client.js';
import { FOR_ALL, shared } from './shared-work.js';
import type { CallOptions, SiteClient } from './site-client.js';
import { SiteHttpClient } from './site-http.client.js';
import type { SiteOptions } from './site-options.js';
import { SiteSession } from './site-session.js';

interface OpenSite {
  readonly options: SiteOptions;
  readonly http: SiteHttpClient;
  readonly session: SiteSession;
  readonly rest: RestResources;
  readonly known: KnownPages;
  readonly client: RestSiteClient;
  capabilities: Promise<SiteCapabilities> | null;
}

/**
 * The sites that this process speaks to: one pool of connections and one session each, opened at first need. What a site
 * can is probed once and kept until it is probed anew or forgotten, after an upgrade for instance.
 */
export class Sites {
  private readonly open = new Map<SiteId, OpenSite>();
  private known = new Map<SiteId, SiteOptions>();

  constructor(
    options: readonly SiteOptions[],
    private readonly aliasesOf: (site: SiteId) => AliasBook,
  ) {
    this.known = new Map(options.map((site) => [site.id, site]));
  }

  /** Takes other options for the sites; connections of those that changed or went are closed. */
  async configure(options: readonly SiteOptions[]): Promise<void> {
    this.known = new Map(options.map((site) => [site.id, site]));
    const stale = [...this.open].filter(([id, site]) => JSON.stringify(this.known.get(id)) !== JSON.stringify(site.options));
    for (const [id] of stale) this.open.delete(id);
    await Promise.all(stale.map(([, site]) => site.http.close()));
  }

  get ids(): readonly SiteId[] {
    return [...this.known.keys()];
  }

  /** Reads and writes records at a site. */
  of(id: SiteId): SiteClient {
    return this.siteOf(id).client;
  }

  /** Gets the pages of one of a site's feeds. */
  feed(id: SiteId, feedCategory: string, options: CallOptions): FetchPage {
    const { session, known } = this.siteOf(id);
    return feedPages({ session, known, site: id }, feedCategory, options);
  }

  /** Is the site there, does it let us in, and may we what we might before? One request, for its circuit. */
  ping(id: SiteId, options: CallOptions): Promise<Ping> {
    return ping(this.siteOf(id).session, options);
  }

  /** What the site is and can, asked anew. */
  async probe(id: SiteId, options: CallOptions): Promise<SiteCapabilities> {
    const site = this.siteOf(id);
    const capabilities = probe(site.session, site.rest, options);
    const found = await capabilities;
    site.capabilities = capabilities;
    site.client.forget();
    return found;
  }

  /** What the site can is probed anew at next need. */
  forget(id: SiteId): void {
    const site = this.open.get(id);
    if (site === undefined) return;
    site.capabilities = null;
    site.client.forget();
  }

  /** Who claims to run a link, as a setting at its parent says. */
  readEngineClaim(parent: SiteId, link: LinkId, options: CallOptions): Promise<string | null> {
    return readEngineClaim(this.siteOf(parent).rest, link, options);
  }

  writeEngineClaim(parent: SiteId, link: LinkId, claim: string, options: CallOptions): Promise<void> {
    return writeEngineClaim(this.siteOf(parent).rest, link, claim, options);
  }

  /** Closes every connection; requests under way fail. */
  async close(): Promise<void> {
    const open = [...this.open.values()];
    this.open.clear();
    await Promise.all(open.map(({ http }) => http.close()));
  }

  private siteOf(id: SiteId): OpenSite {
    const already = this.open.get(id);
    if (already !== undefined) return already;
    const options = this.known.get(id);
    if (options === undefined) throw new BugError(`no site ${id} is configured`, { site: id });
    const http = new SiteHttpClient(options);
    const session = new SiteSession(http, options);
    const rest = new RestResources(session, id);
    const site: OpenSite = {
      options,
      http,
      session,
      rest,
      known: new KnownPages(),
      capabilities: null,
      client: new RestSiteClient({ rest, aliases: this.aliasesOf(id), users: new KnownUsers(rest), capabilities: (call) => capabilitiesOf(site, call) }),
    };
    this.open.set(id, site);
    return site;
  }
}

/** One probe for all who need it at first; one that failed is forgotten. */
function capabilitiesOf(site: OpenSite, options: CallOptions): Promise<SiteCapabilities> {
  if (site.capabilities === null) {
    const asked = probe(site.session, site.rest, FOR_ALL);
    site.capabilities = asked;
    asked.catch(() => {
      if (site.capabilities === asked) site.capabilities = null;
    });
  }
  return shared(site.capabilities, options, { kind: 'read', what: 'capabilities', site: site.options.id });
}
