import { openSites } from './bare-loop.js';
import type { SiteName } from './field.js';

/** How many entries of the child's feeds one page holds, and which categories tell of a corrected date of birth. */
export interface ToReenact {
  readonly addresses: Readonly<Record<SiteName, string>>;
  readonly uuids: readonly string[];
  readonly entriesPerPage: number;
}

export interface Reenacted {
  readonly records: number;
  readonly seconds: number;
  readonly calls: number;
}

/**
 * A push of Sync 2.0 re-enacted: its requests and their order, not its code. The child's feed is read a page at a time; each of
 * its events, one after the other, reads the object at the child, reads it at the parent, compares, and writes the whole object
 * to the parent; then the audit message of that push, pushed by default, does the same. Its detour (every request is wrapped
 * and asks the same server again) is left out, which is kind to it.
 */
export async function reenactSync2({ addresses, uuids, entriesPerPage }: ToReenact): Promise<Reenacted> {
  const sites = await openSites(addresses, 1);
  const started = performance.now();
  let calls = 0;
  const send = (site: SiteName, method: string, path: string, body = ''): Promise<string> => {
    calls += 1;
    return sites[site]({ method, path: `${new URL(addresses[site]).pathname}${path}`, body });
  };
  for (let from = 0; from < uuids.length; from += entriesPerPage) {
    await send('kisumu', 'GET', '/ws/atomfeed/patient/recent');
    for (const uuid of uuids.slice(from, from + entriesPerPage)) await pushOne(send, uuid);
  }
  return { records: uuids.length, seconds: (performance.now() - started) / 1000, calls };
}

type SendTo = (site: SiteName, method: string, path: string, body?: string) => Promise<string>;

async function pushOne(send: SendTo, uuid: string): Promise<void> {
  const source = JSON.parse(await send('kisumu', 'GET', `/ws/rest/v1/patient/${uuid}?v=full`)) as { person: { birthdate: string } };
  const target = JSON.parse(await send('central', 'GET', `/ws/rest/v1/patient/${uuid}?v=full`)) as { person: { birthdate: string } };
  if (source.person.birthdate !== target.person.birthdate)
    await send('central', 'POST', `/ws/rest/v1/person/${uuid}`, JSON.stringify({ birthdate: source.person.birthdate.slice(0, 10) }));
  await send('kisumu', 'GET', `/ws/rest/sync2/messages/${uuid}`);
  await send('central', 'GET', `/ws/rest/sync2/messages/${uuid}`);
  await send('central', 'POST', '/ws/rest/sync2/messages', '{}');
}
