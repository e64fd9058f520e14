import { type FeedFlavour, feedOf, type Teller } from '@sync-hub/categories';
import { BugError, type LinkId, type RecordRef, type SiteId, type Uuid } from '@sync-hub/contracts';
import type { AliasBook } from './alias-book.js';
import { feedPages } from './atomfeed/atomfeed-fetch.js';
import type { FetchPage } from './atomfeed/feed-position.js';
import { KnownPages } from './atomfeed/known-pages.js';
import type { SiteCapabilities, SiteFacts } from './capabilities.js';
import type { EventReading, EventsToRead } from './events/event-reading.js';
import { readFhirScan } from './events/fhir-scan.js';
import { readAtomfeed } from './events/read-atomfeed.js';
import { FhirResources } from './fhir/fhir-resources.js';
import { type Ping, ping, probe } from './probe.js';
import { readEngineClaim, writeEngineClaim } from './rest/engine-claim.js';
import { KnownUsers } from './rest/known-users.js';
import { PatientsBehind } from './rest/patients-behind.js';
import { hasPrivilege } from './rest/privileges.js';
import { RestResources } from './rest/rest-resources.js';
import { RestSiteClient } from './rest/rest-site.client.js';
import { mannersOf } from './server-manners.js';
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

/** What is under way when a site is spoken to otherwise has so long: a write and its reading back. */
const LAST_MS = 60_000;

/**
 * The sites that this process speaks to: one pool of connections and one session each, opened at first need. What a site
 * can is probed once and kept until it is probed anew or forgotten, after an upgrade for instance.
 */
export class Sites {
  private readonly open = new Map<SiteId, OpenSite>();
  private known = new Map<SiteId, SiteOptions>();
  /** Those that are spoken to otherwise now, or no more, until they are closed. */
  private readonly leaving = new Map<OpenSite, NodeJS.Timeout>();

  constructor(
    options: readonly SiteOptions[],
    private readonly aliasesOf: (site: SiteId) => AliasBook,
    /** Whom a record hangs on, as the ends of a link of that site have agreed; `null` where none has. */
    private readonly patientOf: (site: SiteId, record: RecordRef) => Promise<Uuid | null> = async () => null,
  ) {
    this.known = new Map(options.map((site) => [site.id, site]));
  }

  /** Takes other options for the sites: those that changed are opened anew at next need. What began before may come to its end over the old connections, for `lastMs`. */
  async configure(options: readonly SiteOptions[], lastMs = LAST_MS): Promise<void> {
    this.known = new Map(options.map((site) => [site.id, site]));
    const stale = [...this.open].filter(([id, site]) => JSON.stringify(this.known.get(id)) !== JSON.stringify(site.options));
    for (const [id, site] of stale) {
      this.open.delete(id);
      const timer = setTimeout(() => void this.closeLeaving(site), lastMs);
      this.leaving.set(site, timer.unref());
    }
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

  /** What the site tells of its changes, by its feed or by its fhir2. */
  readEvents(id: SiteId, toRead: EventsToRead, teller: Exclude<Teller, 'webhook'>, options: CallOptions): Promise<EventReading> {
    if (teller === 'fhir-lastupdated') return readFhirScan(toRead, new FhirResources(this.siteOf(id).session, id), options);
    return readAtomfeed(toRead, { fetchPage: this.feed(id, askedOf(teller, toRead.category), options), flavour: teller });
  }

  /** Is the site there, does it let us in, and may we what we might before? One request, for its circuit. */
  ping(id: SiteId, options: CallOptions): Promise<Ping> {
    return ping(this.siteOf(id).session, options);
  }

  /** Does the site say of our account that it has not got that privilege, by either of its names? */
  async lacks(id: SiteId, privilege: string, options: CallOptions): Promise<boolean> {
    const { info } = await this.siteOf(id).session.info(options);
    return !info.superUser && info.privileges.length > 0 && !hasPrivilege(info.privileges, privilege);
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

  /** The same, with how its server tells what it tells. */
  async learn(id: SiteId, options: CallOptions): Promise<SiteFacts> {
    const { session, rest } = this.siteOf(id);
    const found = await this.probe(id, options);
    return { ...found, ...(await mannersOf(session, rest, options)) };
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
    await Promise.all([...open.map(({ http }) => http.close()), ...[...this.leaving.keys()].map((site) => this.closeLeaving(site))]);
  }

  private async closeLeaving(site: OpenSite): Promise<void> {
    clearTimeout(this.leaving.get(site));
    this.leaving.delete(site);
    await site.http.close();
  }

  private siteOf(id: SiteId): OpenSite {
    const already = this.open.get(id);
    if (already !== undefined) return already;
    const options = this.known.get(id);
    const last = options === undefined ? [...this.leaving.keys()].find((site) => site.options.id === id) : undefined;
    if (last !== undefined) return last;
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
      client: new RestSiteClient({
        rest,
        fhir: new FhirResources(session, id),
        aliases: this.aliasesOf(id),
        users: new KnownUsers(rest),
        patients: new PatientsBehind(),
        patientOf: (record) => this.patientOf(id, record),
        login: options.username,
        account: async (call) => (await session.info(call)).info.userUuid,
        capabilities: (call) => capabilitiesOf(site, call),
      }),
    };
    this.open.set(id, site);
    return site;
  }
}

const askedOf = (flavour: FeedFlavour, category: string): string => feedOf(flavour, category)?.asked ?? category;

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
