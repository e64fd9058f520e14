import type { Completeness, OwnList, OwnSite } from '@sync-hub/contracts';
import { askConsole } from '../desk.js';

const get = async <Told>(path: string): Promise<Told> => (await askConsole(`/api/not-arrived${path}`)).json();

const named = (site: string): string => `/${encodeURIComponent(site)}`;

export const ownSites = async (): Promise<readonly OwnSite[]> => (await get<{ readonly sites: readonly OwnSite[] }>('')).sites;

export const listOwn = (site: string, most: number): Promise<OwnList> => get(`${named(site)}?most=${most}`);

export const readCompleteness = (site: string): Promise<Completeness> => get(`${named(site)}/completeness`);
