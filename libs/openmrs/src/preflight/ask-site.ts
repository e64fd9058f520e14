import { tellerFor } from '@sync-hub/categories';
import { LockedOutError, NotAllowedError, SyncError, safeError } from '@sync-hub/contracts';
import { feedPages, readFeedBytes } from '../atomfeed/atomfeed-fetch.js';
import { KnownPages } from '../atomfeed/known-pages.js';
import { type Charset, charsetOf } from '../charset.js';
import { tellsOfAny } from '../events/fhir-scan.js';
import { FhirResources } from '../fhir/fhir-resources.js';
import { probe } from '../probe.js';
import { RestResources } from '../rest/rest-resources.js';
import { mannersOf } from '../server-manners.js';
import type { CallOptions } from '../site-client.js';
import { SiteHttpClient } from '../site-http.client.js';
import type { SiteOptions } from '../site-options.js';
import { SiteSession } from '../site-session.js';
import { settingsFor } from './judge-settings.js';
import type { FeedFact, FirstContact, MappedNeed, PreflightFacts, SiteNeeds } from './preflight.js';

const ACTIONS = new Set(['CREATED', 'UPDATED', 'VOIDED', 'UNVOIDED', 'RETIRED', 'UNRETIRED', 'DELETED']);

/** Asks a site all that a preflight goes by. Reads only, logs in once, and throws nothing that the site has caused. */
export async function askSite(options: SiteOptions, needs: SiteNeeds, call: CallOptions): Promise<PreflightFacts> {
  const http = new SiteHttpClient(options);
  try {
    const session = new SiteSession(http, options);
    const contact = await firstContact(session, call);
    const nothing = {
      baseUrl: options.baseUrl,
      contact,
      account: null,
      platform: null,
      modules: null,
      clockSkewMs: null,
      clockWithinMs: 0,
      manners: { pages: { usual: null, most: null, from: null }, charset: null },
      feedCharset: null,
      settings: null,
      feeds: [],
      mismapped: [],
    };
    return contact.kind === 'let-in' ? { ...nothing, ...(await askAll(session, options.id, needs, call)) } : nothing;
  } finally {
    await http.close();
  }
}

async function firstContact(session: SiteSession, call: CallOptions): Promise<FirstContact> {
  try {
    await session.info(call);
    return { kind: 'let-in' };
  } catch (error) {
    if (error instanceof LockedOutError) return { kind: 'not-let-in' };
    if (!(error instanceof SyncError)) throw error;
    const { reason, status } = error.details;
    if (typeof reason === 'string' && status === undefined) return { kind: 'no-answer', reason };
    return { kind: 'not-openmrs', status: typeof status === 'number' ? status : null };
  }
}

async function askAll(session: SiteSession, site: string, needs: SiteNeeds, call: CallOptions) {
  const rest = new RestResources(session, site);
  const { info } = await session.info(call);
  const { platform, clockSkewMs, clockWithinMs } = await probe(session, rest, call);
  const modules = await unlessNotAllowed(rest.list('module?v=full', 'modules', call));
  const feeds: FeedFact[] = [];
  const fhir = new FhirResources(session, site);
  // Of a site that tells of its changes by itself nothing can be asked.
  for (const category of needs.feeds.filter((one) => tellerFor(needs.teller, one) !== 'webhook'))
    feeds.push(await (tellerFor(needs.teller, category) === 'fhir-lastupdated' ? scanFact(fhir, category, call) : feedFact(session, site, category, call)));
  return {
    account: { uuid: info.userUuid, privileges: info.privileges, isSuperUser: info.superUser },
    platform,
    clockSkewMs,
    clockWithinMs,
    manners: await mannersOf(session, rest, call),
    feedCharset: await charsetOfFeed(session, site, needs, call),
    modules: modules === null ? null : Object.fromEntries(modules.map(({ uuid, version }) => [String(uuid), String(version ?? '')])),
    settings: await unlessNotAllowed(askSettings(rest, settingsFor(needs), call)),
    feeds,
    mismapped: await mismappedAt(rest, needs.mapped, call),
  };
}

async function askSettings(rest: RestResources, properties: readonly string[], call: CallOptions): Promise<Readonly<Record<string, string | null>>> {
  const settings: Record<string, string | null> = {};
  for (const property of properties) {
    const body = await rest.get(`systemsetting/${property}?v=full`, { what: 'system setting', privilege: 'Get Global Properties' }, call);
    settings[property] = typeof body?.['value'] === 'string' ? body['value'] : null;
  }
  return settings;
}

async function mismappedAt(rest: RestResources, mapped: readonly MappedNeed[], call: CallOptions): Promise<readonly MappedNeed[]> {
  const wrong: MappedNeed[] = [];
  for (const need of mapped) {
    const { kind, uuid, mustBeThere } = need;
    const body = await unlessNotAllowed(rest.get(`${kind}/${encodeURIComponent(uuid)}?v=custom:(uuid)`, { what: kind }, call));
    // Some kinds are found by their name too.
    if ((body?.['uuid'] === uuid) !== mustBeThere) wrong.push(need);
  }
  return wrong;
}

async function feedFact(session: SiteSession, site: string, category: string, call: CallOptions): Promise<FeedFact> {
  try {
    const fetchPage = feedPages({ session, known: new KnownPages(), site }, category, call);
    const recent = await fetchPage('recent');
    if (recent === null) return { category, kind: 'unreadable', code: 'feed-unreadable' };
    const newest = recent.entries.at(-1);
    if (newest === undefined) return { category, kind: 'never-had-an-entry' };
    const first = recent.number === 1 ? null : await fetchPage(1);
    const actionsNamed = recent.entries.some(({ categories }) => categories.some((term) => ACTIONS.has(term.toUpperCase())));
    return { category, kind: 'entries', newest: newest.updated, perPage: first?.entries.length ?? null, actionsNamed };
  } catch (error) {
    return { category, kind: 'unreadable', code: safeError(error).code };
  }
}

/** A page of a feed as it comes over the wire, of the first that is followed. */
async function charsetOfFeed(session: SiteSession, site: string, { teller, feeds }: SiteNeeds, call: CallOptions): Promise<Charset | null> {
  const category = feeds.find((one) => tellerFor(teller, one) === 'generic' || tellerFor(teller, one) === 'bahmni');
  if (category === undefined) return null;
  try {
    const answer = await readFeedBytes({ session, site }, category, 'recent', call);
    return answer.status === 200 ? charsetOf(answer) : null;
  } catch (error) {
    if (error instanceof SyncError) return null;
    throw error;
  }
}

async function scanFact(fhir: FhirResources, category: string, call: CallOptions): Promise<FeedFact> {
  try {
    return { category, kind: 'scanned', hasAny: await tellsOfAny(fhir, category, call) };
  } catch (error) {
    return { category, kind: 'unreadable', code: safeError(error).code };
  }
}

/** What may not be asked stays unknown. */
async function unlessNotAllowed<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof NotAllowedError) return null;
    throw error;
  }
}
