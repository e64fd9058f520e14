import type { FoundRecord, RecordTimeline } from '@sync-hub/contracts';
import { api, told } from '../api/client.js';

/** In a body: whom somebody looks for stands in no address. */
export const searchRecords = async (text: string): Promise<readonly FoundRecord[]> => (await told(api.POST('/api/records/search', { body: { text } }))).found;

export const readTimeline = (uuid: string, after: string | null): Promise<RecordTimeline> =>
  told(api.POST('/api/records/timeline', { body: { uuid, ...(after === null ? {} : { after }) } }));
