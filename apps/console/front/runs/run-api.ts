import type { FollowedFeed, ManualRun, ManualRunChoice, ManualRunRecord, ManualRunWish } from '@sync-hub/contracts';
import { api, told } from '../api/client.js';

export const listManualRuns = async (): Promise<readonly ManualRun[]> => (await told(api.GET('/api/runs'))).runs;

export const manualRunChoices = async (): Promise<readonly ManualRunChoice[]> => (await told(api.GET('/api/runs/choices'))).choices;

export const findManualRun = (id: string): Promise<ManualRun> => told(api.GET('/api/runs/{id}', { params: { path: { id } } }));

export const MOST_RECORDS_SHOWN = 100;

/** Records of one category of a run that came, or would come, to the same. */
export const recordsOfRun = async (id: string, category: string, as: string): Promise<readonly ManualRunRecord[]> =>
  (await told(api.GET('/api/runs/{id}/records', { params: { path: { id }, query: { category, as, limit: MOST_RECORDS_SHOWN } } }))).records;

export const beginManualRun = (wish: ManualRunWish, by: string): Promise<{ readonly id: string }> => told(api.POST('/api/runs', { body: { ...wish, by } }));

export const cancelManualRun = (id: string, by: string): Promise<ManualRun> =>
  told(api.POST('/api/runs/{id}/cancel', { params: { path: { id } }, body: { by } }));

export const listFeeds = async (): Promise<readonly FollowedFeed[]> => (await told(api.GET('/api/feeds'))).feeds;

/** Has the feed read from its start again. */
export const rewindFeed = async ({ site, category }: FollowedFeed, by: string): Promise<void> =>
  void (await told(api.POST('/api/feeds/rewind', { body: { site, category, by } })));
