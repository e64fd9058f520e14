import type { HeldDetail, HeldFilter, HeldList, HeldRecord, HeldRun, HeldWhyNow } from '@sync-hub/contracts';
import { askConsole, tellConsole } from '../desk.js';

const ROOT = '/api/parked';

const get = async <Told>(path: string): Promise<Told> => (await askConsole(`${ROOT}${path}`)).json();

const post = async <Told>(path: string, body: unknown): Promise<Told> =>
  (await tellConsole(`${ROOT}${path}`, body)).json();

/** The last words of the paths. */
export type Act = 'redrive' | 'discard' | 'park';

export interface Deed {
  readonly act: Act;
  readonly by: string;
  readonly reason?: string;
}

const bodyOf = ({ by, reason }: Deed) => ({ by, ...(reason === undefined ? {} : { reason }) });

const queryOf = (asked: Readonly<Record<string, string | number | undefined>>): string => {
  const said = Object.entries(asked).filter(([, value]) => value !== undefined && value !== '');
  return said.length === 0 ? '' : `?${new URLSearchParams(said.map(([name, value]) => [name, String(value)]))}`;
};

export const listHeld = (filter: HeldFilter): Promise<HeldList> => get(queryOf(filter));

export const heldRecords = async (group: string, offset: number, limit: number): Promise<readonly HeldRecord[]> =>
  (await get<{ readonly records: readonly HeldRecord[] }>(`/records${queryOf({ group, offset, limit })}`)).records;

export const findHeld = (id: string): Promise<HeldDetail> => get(`/records/${encodeURIComponent(id)}`);

/** Reads both ends now, and writes at neither. */
export const askWhy = (id: string): Promise<HeldWhyNow> => post(`/records/${encodeURIComponent(id)}/why`, {});

export const actOnOne = (id: string, deed: Deed): Promise<unknown> => post(`/records/${encodeURIComponent(id)}/${deed.act}`, bodyOf(deed));

export const planHeld = (filter: HeldFilter): Promise<HeldRun> => post('/runs', filter);

export const actOnPlan = (id: string, deed: Deed): Promise<HeldRun> => post(`/runs/${encodeURIComponent(id)}/${deed.act}`, bodyOf(deed));

export const findHeldRun = (id: string): Promise<HeldRun> => get(`/runs/${encodeURIComponent(id)}`);

export const stopHeldRun = (id: string): Promise<unknown> => post(`/runs/${encodeURIComponent(id)}/stop`, {});
