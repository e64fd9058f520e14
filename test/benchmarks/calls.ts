import type { Call, SiteName } from './field.js';

/** What a request was for. `keeping` are probes, sessions and engine claims. */
export type Purpose = 'look at the child' | 'read before the write' | 'write' | 'read back' | 'look at our own echo' | 'other' | 'feed' | 'keeping';

const PARENT: SiteName = 'central';
const KEEPING = /\/ws\/rest\/v1\/(session|systemsetting|module|systeminformation)\b/;

const isFeed = ({ path }: Call): boolean => path.includes('/ws/atomfeed/');
const isKeeping = ({ path }: Call): boolean => KEEPING.test(path);

/** Requests about records: all but those of feeds and of keeping the connection. */
export const recordCalls = (calls: readonly Call[]): readonly Call[] => calls.filter((call) => !isFeed(call) && !isKeeping(call));

/** The requests about each of these records, in the order in which they came. */
export function callsByRecord(calls: readonly Call[], uuids: readonly string[]): ReadonlyMap<string, readonly Call[]> {
  const byRecord = new Map<string, Call[]>(uuids.map((uuid) => [uuid, []]));
  for (const call of [...recordCalls(calls)].sort((a, b) => a.at - b.at)) {
    const uuid = /\/(?:patient|person)\/([0-9a-f-]{36})/.exec(call.path)?.[1];
    if (uuid !== undefined) byRecord.get(uuid)?.push(call);
  }
  return byRecord;
}

/** How many requests there were of each purpose. */
export function purposes(calls: readonly Call[], uuids: readonly string[]): ReadonlyMap<Purpose, number> {
  const counts = new Map<Purpose, number>();
  const count = (purpose: Purpose, times = 1): void => void counts.set(purpose, (counts.get(purpose) ?? 0) + times);
  const byRecord = callsByRecord(calls, uuids);
  for (const ofRecord of byRecord.values()) for (const purpose of purposesOf(ofRecord)) count(purpose);
  const named = [...byRecord.values()].reduce((sum, ofRecord) => sum + ofRecord.length, 0);
  count('feed', calls.filter(isFeed).length);
  count('keeping', calls.filter(isKeeping).length);
  count('other', recordCalls(calls).length - named);
  return counts;
}

/** Of one record, in order: the first read at the parent after a write is its read-back, any other tells of an echo. */
function purposesOf(calls: readonly Call[]): readonly Purpose[] {
  let written = false;
  let readBack = false;
  return calls.map(({ site, method }): Purpose => {
    if (site !== PARENT) return 'look at the child';
    if (method !== 'GET') {
      written = true;
      readBack = false;
      return 'write';
    }
    if (!written) return 'read before the write';
    if (readBack) return 'look at our own echo';
    readBack = true;
    return 'read back';
  });
}

/** The most requests that were under way at a site at one moment. */
export function mostInFlight(calls: readonly Call[], site: SiteName): number {
  const steps = calls.filter((call) => call.site === site).flatMap(({ at, ms }) => [[at, 1] as const, [at + ms, -1] as const]);
  let now = 0;
  let most = 0;
  for (const [, step] of steps.sort(([a, up], [b, down]) => a - b || up - down)) {
    now += step;
    most = Math.max(most, now);
  }
  return most;
}

/** When the last request about a record was answered; 0 where there was none. */
export const lastAnswer = (calls: readonly Call[]): number => recordCalls(calls).reduce((last, { at, ms }) => Math.max(last, at + ms), 0);

/** When each record was first written at the parent. */
export function arrivals(calls: readonly Call[], uuids: readonly string[]): ReadonlyMap<string, number> {
  const written = [...callsByRecord(calls, uuids)].flatMap(([uuid, ofRecord]) => {
    const write = ofRecord.find(({ site, method, status }) => site === PARENT && method === 'POST' && status < 300);
    return write === undefined ? [] : [[uuid, write.at + write.ms] as const];
  });
  return new Map(written);
}

/** Between the reading of a record at the parent and the write that followed from it: in that time an edit of the same field there is seen by nobody. */
export interface Window {
  /** From when the server handled the read to when it handled the write, in milliseconds. */
  readonly ms: number;
  /** Requests about the record that it handled in between. */
  readonly between: number;
}

/** One for each write at the parent. A simulated server handles a request just before it answers. */
export function windowsOf(calls: readonly Call[], uuids: readonly string[]): readonly Window[] {
  return [...callsByRecord(calls, uuids).values()].flatMap((ofRecord) => {
    const above = ofRecord.filter(({ site }) => site === PARENT);
    return above.flatMap((write, index): Window[] => {
      if (write.method === 'GET') return [];
      const read = above.slice(0, index).findLastIndex(({ method, path }) => method === 'GET' && path.includes('auditInfo'));
      const seen = above[read];
      return seen === undefined ? [] : [{ ms: write.at + write.ms - seen.at - seen.ms, between: index - read - 1 }];
    });
  });
}
