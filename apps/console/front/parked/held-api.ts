import type { HeldDetail, HeldFilter, HeldList, HeldRecord, HeldRun, HeldWhyNow } from '@sync-hub/contracts';
import { api, patiently, told } from '../api/client.js';

/** Both ends are read, each as slowly as its site may answer, perhaps by a pusher elsewhere. */
const READS_WITHIN_MS = 90_000;

/** The last words of the paths. */
export type Act = 'redrive' | 'discard' | 'park';

export interface Deed {
  readonly act: Act;
  readonly by: string;
  readonly reason?: string;
}

const at = (id: string) => ({ path: { id } });

/** What is said of it: nothing is no filter. */
const saidOf = (filter: HeldFilter): HeldFilter => Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined && value !== ''));

export const listHeld = (filter: HeldFilter): Promise<HeldList> => told(api.GET('/api/parked', { params: { query: saidOf(filter) } }));

export const heldRecords = async (group: string, offset: number, limit: number): Promise<readonly HeldRecord[]> =>
  (await told(api.GET('/api/parked/records', { params: { query: { group, offset, limit } } }))).records;

export const findHeld = (id: string): Promise<HeldDetail> => told(api.GET('/api/parked/records/{id}', { params: at(id) }));

/** Reads both ends now, and writes at neither. */
export const askWhy = (id: string): Promise<HeldWhyNow> =>
  told(api.POST('/api/parked/records/{id}/why', { params: at(id), body: {}, ...patiently(READS_WITHIN_MS) }));

/** Of a reason that nobody gave the console says that it wants one. */
export function actOnOne(id: string, { act, by, reason = '' }: Deed): Promise<{ readonly asked?: true }> {
  const params = at(id);
  switch (act) {
    case 'redrive':
      return told(api.POST('/api/parked/records/{id}/redrive', { params, body: { by } }));
    case 'discard':
      return told(api.POST('/api/parked/records/{id}/discard', { params, body: { by, reason } }));
    case 'park':
      return told(api.POST('/api/parked/records/{id}/park', { params, body: { by, reason } }));
  }
}

export const planHeld = (filter: HeldFilter): Promise<HeldRun> => told(api.POST('/api/parked/runs', { body: filter }));

export function actOnPlan(id: string, { act, by, reason = '' }: Deed): Promise<HeldRun> {
  const params = at(id);
  switch (act) {
    case 'redrive':
      return told(api.POST('/api/parked/runs/{id}/redrive', { params, body: { by } }));
    case 'discard':
      return told(api.POST('/api/parked/runs/{id}/discard', { params, body: { by, reason } }));
    case 'park':
      return told(api.POST('/api/parked/runs/{id}/park', { params, body: { by, reason } }));
  }
}

export const findHeldRun = (id: string): Promise<HeldRun> => told(api.GET('/api/parked/runs/{id}', { params: at(id) }));

export const stopHeldRun = (id: string): Promise<HeldRun> => told(api.POST('/api/parked/runs/{id}/stop', { params: at(id), body: {} }));
