import type { FollowedFeed, ManualRun, ManualRunChoice, ManualRunWish } from '@sync-hub/contracts';
import { askConsole, tellConsole } from '../desk.js';

const ROOT = '/api/runs';

export const listManualRuns = async (): Promise<readonly ManualRun[]> => (await (await askConsole(ROOT)).json()).runs;

export const manualRunChoices = async (): Promise<readonly ManualRunChoice[]> => (await (await askConsole(`${ROOT}/choices`)).json()).choices;

export const findManualRun = async (id: string): Promise<ManualRun> => (await askConsole(`${ROOT}/${encodeURIComponent(id)}`)).json();

export const beginManualRun = async (wish: ManualRunWish, by: string): Promise<{ readonly id: string }> => (await tellConsole(ROOT, { ...wish, by })).json();

export const cancelManualRun = async (id: string, by: string): Promise<void> => void (await tellConsole(`${ROOT}/${encodeURIComponent(id)}/cancel`, { by }));

export const listFeeds = async (): Promise<readonly FollowedFeed[]> => (await (await askConsole('/api/feeds')).json()).feeds;

/** Has the feed read from its start again. */
export const rewindFeed = async ({ site, category }: FollowedFeed, by: string): Promise<void> =>
  void (await tellConsole('/api/feeds/rewind', { site, category, by }));
