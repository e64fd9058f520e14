import type { FoundRecord, RecordTimeline } from '@sync-hub/contracts';
import { askConsole } from '../desk.js';

const post = async <Told>(path: string, body: unknown): Promise<Told> =>
  (await askConsole(`/api/records/${path}`, { method: 'POST', body: JSON.stringify(body) })).json();

/** In a body: whom somebody looks for stands in no address. */
export const searchRecords = async (text: string): Promise<readonly FoundRecord[]> =>
  (await post<{ readonly found: readonly FoundRecord[] }>('search', { text })).found;

export const readTimeline = (uuid: string, after: string | null): Promise<RecordTimeline> => post('timeline', { uuid, ...(after === null ? {} : { after }) });
