import { RestResources } from '../rest/rest-resources.js';
import type { CallOptions } from '../site-client.js';
import { SiteHttpClient } from '../site-http.client.js';
import type { SiteOptions } from '../site-options.js';
import { SiteSession } from '../site-session.js';
import { ScriptedSite } from './scripted-site.js';

/** Options of a call that nothing stops. */
export const call: CallOptions = { signal: new AbortController().signal };
const write = { method: 'POST' as const, path: 'location', body: { name: 'Ward "3"' } };
/** An answer of JSON. */
export const json = (body: unknown, status = 200) => ({ status, body: JSON.stringify(body) });
/** A scripted site, and what speaks to it. `close` ends both. */
export async function givenSite(script: Parameters<typeof ScriptedSite.start>[0], change: Partial<SiteOptions> = {}, now?: () => number) {
  const site = await ScriptedSite.start(script);
  const options = site.options(change);
  const http = new SiteHttpClient(options);
  const session = new SiteSession(http, options, now);
  const rest = new RestResources(session, 'kisumu');
  const close = async () => {
    await http.close();
    await site.stop();
  };
  return {
    close,
    site,
    session,
    rest,
    read: (options: CallOptions = call) => rest.get('location/x', { what: 'location', record: 'location/x' }, options),
    write: (options: CallOptions = call) => rest.write(write, 'location/x', options),
  };
}
