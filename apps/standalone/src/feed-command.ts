import { userInfo } from 'node:os';
import type { Configuration } from '@sync-hub/configuration';
import { BugError } from '@sync-hub/contracts';
import { type Database, FeedMarkerRepository } from '@sync-hub/persistence';
import { restLines } from './rest-lines.js';

type Say = (line: string) => void;

/** `feed rewind SITE CATEGORY` and `feed rewind SITE --all`: every entry is read again, and whatever is as agreed ends at its look. */
export async function rewindFeed(
  [verb, site = '', which = '', more]: readonly string[],
  database: Database,
  current: Configuration,
  say: Say,
): Promise<number> {
  if (verb !== 'rewind' || which === '' || more !== undefined) throw new BugError('say feed rewind SITE CATEGORY, or feed rewind SITE --all');
  if (!current.sites.some(({ id }) => id === site))
    throw new BugError(`there is no site ${site} in the configuration; its sites are ${current.sites.map(({ id }) => id).join(', ')}`);
  const category = which === '--all' ? null : which;
  const { result: rewound } = await database.transaction((tx) => new FeedMarkerRepository(database).rewind(tx, site, category, userInfo().username));
  if (rewound.length === 0)
    throw new BugError(`no feed ${which === '--all' ? 'of any category' : which} is followed at ${site}; the console lists those that are`);
  say(`Read from the start, within seconds: ${rewound.join(', ')} of ${site}.`);
  for (const line of restLines(current, [site])) say(line);
  return 0;
}
