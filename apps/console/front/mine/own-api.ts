import type { Completeness, OwnList, OwnSite } from '@sync-hub/contracts';
import { api, told } from '../api/client.js';

export const ownSites = async (): Promise<readonly OwnSite[]> => (await told(api.GET('/api/not-arrived'))).sites;

export const listOwn = (site: string, most: number): Promise<OwnList> =>
  told(api.GET('/api/not-arrived/{site}', { params: { path: { site }, query: { most } } }));

export const readCompleteness = (site: string): Promise<Completeness> => told(api.GET('/api/not-arrived/{site}/completeness', { params: { path: { site } } }));
