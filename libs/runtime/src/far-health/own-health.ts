import type { ToldHealth } from '@sync-hub/contracts';
import { boardOf } from '../board/index.js';
import type { Hub } from '../hub.js';
import { versionOfSyncHub } from '../version.js';
import { healthOf } from './health-of.js';

/** How the instance of this hub does now, as it is told where it reports to. */
export async function ownHealth({ repositories, rules }: Pick<Hub, 'repositories' | 'rules'>): Promise<ToldHealth> {
  const titles = new Map(rules.current.sites.flatMap(({ id, title }) => (title === undefined ? [] : [[id, title]])));
  return healthOf(boardOf(await repositories.overview.forBoard(), titles), versionOfSyncHub());
}
