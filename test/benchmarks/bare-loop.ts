import PQueue from 'p-queue';
import { Pool } from 'undici';
import { callsByRecord } from './calls.js';
import { type Call, LOGIN, SITES, type SiteName } from './field.js';

export interface ToReplay {
  readonly addresses: Readonly<Record<SiteName, string>>;
  readonly calls: readonly Call[];
  readonly uuids: readonly string[];
  /** Requests in flight at one site. */
  readonly maxInFlight: number;
}

export interface Replayed {
  readonly seconds: number;
  readonly calls: number;
  readonly cpuMs: number;
  readonly peakBytes: number;
}

/**
 * The very requests that a hub made about each record, in the same order, the same number in flight at each site, and nothing
 * else: no database, no merge, no message. What a program that knew beforehand what to do would take.
 */
export async function replay({ addresses, calls, uuids, maxInFlight }: ToReplay): Promise<Replayed> {
  const sites = await openSites(addresses, maxInFlight);
  const recordsInHand = new PQueue({ concurrency: SITES.length * maxInFlight });
  const records = [...callsByRecord(calls, uuids).values()];
  const [cpu, started] = [process.cpuUsage(), performance.now()];
  await Promise.all(
    records.map((ofRecord) =>
      recordsInHand.add(async () => {
        for (const call of ofRecord) await sites[call.site](call);
      }),
    ),
  );
  const used = process.cpuUsage(cpu);
  return {
    seconds: (performance.now() - started) / 1000,
    calls: records.reduce((sum, ofRecord) => sum + ofRecord.length, 0),
    cpuMs: (used.user + used.system) / 1000,
    peakBytes: process.memoryUsage.rss(),
  };
}

type Send = (call: Pick<Call, 'method' | 'path' | 'body'>) => Promise<string>;

/** A session at each site, with so many requests in flight. */
export async function openSites(addresses: Readonly<Record<SiteName, string>>, maxInFlight: number): Promise<Readonly<Record<SiteName, Send>>> {
  const open = async (site: SiteName): Promise<Send> => {
    const pool = new Pool(new URL(addresses[site]).origin, { connections: maxInFlight, pipelining: 1 });
    const queue = new PQueue({ concurrency: maxInFlight });
    const authorization = `Basic ${Buffer.from(`${LOGIN.username}:${LOGIN.password}`).toString('base64')}`;
    const login = await pool.request({ method: 'GET', path: `${new URL(addresses[site]).pathname}/ws/rest/v1/session`, headers: { authorization } });
    await login.body.dump();
    const cookie = String(login.headers['set-cookie']).split(';')[0] ?? '';
    return ({ method, path, body }) =>
      queue.add(async () => {
        const headers = { cookie, accept: 'application/json', ...(body === '' ? {} : { 'content-type': 'application/json' }) };
        const answer = await pool.request({ method: method as 'GET', path, headers, body: body === '' ? null : body });
        return answer.body.text();
      });
  };
  return { central: await open('central'), kisumu: await open('kisumu') };
}
