import { createHash } from 'node:crypto';
import { LockedOutError, NotAllowedError, SyncError } from '@sync-hub/contracts';
import { capabilitiesOf, type SiteCapabilities } from './capabilities.js';
import type { RestResources } from './rest/rest-resources.js';
import type { CallOptions } from './site-client.js';
import type { SessionInfo, SiteSession } from './site-session.js';

/** How a site is, for its circuit; and what our account may do there, in a word that changes with it. */
export type Ping = { readonly state: 'up'; readonly account: string } | { readonly state: 'down' | 'locked-out' };

/** Asks the site who we are, and nothing else. Never throws: whatever is not an answer is `down`. */
export async function ping(session: SiteSession, options: CallOptions): Promise<Ping> {
  try {
    const { info } = await session.info(options);
    return { state: 'up', account: accountOf(info) };
  } catch (error) {
    if (error instanceof LockedOutError) return { state: 'locked-out' };
    if (error instanceof SyncError) return { state: 'down' };
    throw error;
  }
}

/**
 * Finds out what a site is and can. Throws LockedOutError where we are not let in, SiteDownError where nobody answers.
 * A privilege that we lack costs knowledge, not the probe.
 */
export async function probe(session: SiteSession, rest: RestResources, options: CallOptions, now: () => number = Date.now): Promise<SiteCapabilities> {
  const asked = now();
  const { info, date } = await session.info(options);
  const answered = now();
  const modules = await unlessNotAllowed(rest.list('module?v=full', 'modules', options));
  const system = await unlessNotAllowed(
    rest.get('systeminformation?v=full', { what: 'system information', privilege: 'View Administration Functions' }, options),
  );
  return capabilitiesOf({
    platform: withoutBuild(findText(system, 'openmrsVersion')),
    rest: versionOf(modules, 'webservices.rest'),
    ...feedModuleOf(versionOf(modules, 'atomfeed'), versionOf(modules, 'openmrs-atomfeed')),
    fhir2: versionOf(modules, 'fhir2'),
    appointments: versionOf(modules, 'appointments'),
    timeZone: zoneOf(findText(system, 'systemTimezone')),
    account: accountOf(info),
    privileges: info.superUser ? null : [...info.privileges].sort(),
    ...clockOf(date, asked, answered),
  });
}

const feedModuleOf = (generic: string | null, bahmni: string | null): Pick<SiteCapabilities, 'atomfeed' | 'feedFlavour'> => ({
  atomfeed: generic ?? bahmni,
  feedFlavour: generic !== null ? 'generic' : bahmni !== null ? 'bahmni' : null,
});

/** Half of what a Date header leaves out (RFC 9110: whole seconds, cut). */
const HALF_A_SECOND_MS = 500;

/** How the server's clock stands against ours: at some moment between question and answer it was somewhere within the second that it tells. */
export const clockOf = (date: Date | null, asked: number, answered: number): Pick<SiteCapabilities, 'clockSkewMs' | 'clockWithinMs'> => ({
  clockSkewMs: date === null ? null : Math.round(date.getTime() + HALF_A_SECOND_MS - (asked + answered) / 2),
  clockWithinMs: Math.round(HALF_A_SECOND_MS + (answered - asked) / 2),
});

/** A digest of what the account may do: enough to see that it may something else than before. */
const accountOf = ({ superUser, privileges }: Pick<SessionInfo, 'superUser' | 'privileges'>): string =>
  createHash('sha256')
    .update([String(superUser), ...[...privileges].sort()].join('\n'))
    .digest('hex')
    .slice(0, 16);

/** The one place that does not pass an error on: what is not allowed here stays unknown. */
async function unlessNotAllowed<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof NotAllowedError) return null;
    throw error;
  }
}

/** `2.8.0  Build 1a2b3c` is 2.8.0 (openmrs-core 1.9 to 2.8 OpenmrsConstants.OPENMRS_VERSION). */
const withoutBuild = (version: string | null): string | null => version?.trim().split(/\s/)[0] ?? null;

/** A zone that we know by that name too. */
function zoneOf(name: string | null): string | null {
  try {
    return name === null || name === '' ? null : new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}

function versionOf(modules: readonly Readonly<Record<string, unknown>>[] | null, id: string): string | null {
  const version = modules?.find((module) => module['uuid'] === id)?.['version'];
  return typeof version === 'string' ? version : null;
}

/** The text under the first key that ends with this name, at any depth: its whole key differs between releases. */
function findText(value: unknown, name: string): string | null {
  if (value === null || typeof value !== 'object') return null;
  for (const [key, child] of Object.entries(value)) {
    const found = key.endsWith(name) && typeof child === 'string' ? child : findText(child, name);
    if (found !== null) return found;
  }
  return null;
}
