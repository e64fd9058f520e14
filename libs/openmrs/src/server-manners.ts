import { LockedOutError, SyncError } from '@sync-hub/contracts';
import { type Charset, charsetOf } from './charset.js';
import { parseJson } from './parse-json.js';
import type { RestResources } from './rest/rest-resources.js';
import type { CallOptions } from './site-client.js';
import type { SiteSession } from './site-session.js';

/** How many results a server tells at once. */
export interface PageSizes {
  /** Where nobody asks for a number; `null` where it is not known. */
  readonly usual: number | null;
  /** However many are asked for; `null` where it is not known. */
  readonly most: number | null;
  /** Its own settings, which our account may read; or a list that it cut. `null` where neither tells. */
  readonly from: 'settings' | 'seen' | null;
}

/** How a server tells what it tells. Nothing is planned by it: the readers go on to the next page, and by what each page declares. */
export interface ServerManners {
  readonly pages: PageSizes;
  /** Of a page of its places; `null` where it could not be had. */
  readonly charset: Charset | null;
}

/** What holds where the settings are not set (webservices.rest 2.13 to 3.4 RestConstants, MAX_RESULTS_DEFAULT and MAX_RESULTS_ABSOLUTE). */
const USUAL = 50;
const MOST = 100;

/** Asks how the server tells lists and text: three requests at most. What it does not tell stays unknown. Throws LockedOutError alone. */
export async function mannersOf(session: SiteSession, rest: RestResources, options: CallOptions): Promise<ServerManners> {
  const places = await askPlaces(session, rest.site, options);
  const usual = await settingOf(rest, 'webservices.rest.maxResultsDefault', options);
  const most = usual === null ? null : await settingOf(rest, 'webservices.rest.maxResultsAbsolute', options);
  const pages: PageSizes =
    usual === null || most === null
      ? { usual: places.cutAt, most: null, from: places.cutAt === null ? null : 'seen' }
      : { usual: numberOf(usual.value, USUAL), most: numberOf(most.value, MOST), from: 'settings' };
  return { pages, charset: places.charset };
}

async function askPlaces(
  session: SiteSession,
  site: string,
  options: CallOptions,
): Promise<{ readonly cutAt: number | null; readonly charset: Charset | null }> {
  const purpose = { kind: 'read' as const, what: 'location', site };
  const answer = await unlessUntold(session.send({ method: 'GET', path: '/ws/rest/v1/location?v=ref', purpose }, options));
  const body = answer?.status === 200 ? (parseJson(answer) as { readonly results?: unknown; readonly links?: unknown } | undefined) : undefined;
  if (answer === null || !Array.isArray(body?.results)) return { cutAt: null, charset: null };
  const isCut = Array.isArray(body.links) && body.links.some((link: unknown) => (link as { rel?: unknown } | null)?.rel === 'next');
  return { cutAt: isCut ? body.results.length : null, charset: charsetOf(answer) };
}

/** `null` where it may not be read; a `value` of `null` where it is not set. */
async function settingOf(rest: RestResources, property: string, options: CallOptions): Promise<{ readonly value: string | null } | null> {
  const asked = rest.get(`systemsetting/${property}?v=full`, { what: 'system setting', privilege: 'Get Global Properties' }, options);
  const told = await unlessUntold(asked.then((body) => ({ value: typeof body?.['value'] === 'string' ? body['value'] : null })));
  return told;
}

const numberOf = (value: string | null, unset: number): number => (value !== null && /^\s*\d{1,6}\s*$/.test(value) ? Number(value) : unset);

/** It is of no need: a server that has just said what it is, and does not answer this, is spoken to all the same. */
async function unlessUntold<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof LockedOutError || !(error instanceof SyncError)) throw error;
    return null;
  }
}
