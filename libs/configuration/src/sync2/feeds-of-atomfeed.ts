import { isPublishedWhereConfigured } from '@sync-hub/categories';
import { FEED_CATEGORIES, type FeedCategory } from '../schema.js';
import { changed, type ImportNote, isOn, type Json, kept, keptOf, lost, objectsOf, textOf, unknownKeys, unusedKeys } from './note.js';

const ENTRY_KEYS = ['openMrsClass', 'enabled', 'title', 'category', 'linkTemplates', 'feedWriter'];

const beansNote = (beans: readonly unknown[]): string =>
  beans.length === 0 ? 'names none' : 'marks entries for children that choose by it; whom the child holds is the catchment of the link';

/**
 * The feeds that a site publishes by its atomfeed JSON and that lead to records we move; `null` without such a file. What the module
 * publishes only where it is configured is told to be silent only of classes that are `on`.
 */
export function feedsOfAtomfeed(
  file: Json | null,
  name: string,
  on: readonly string[],
): { readonly categories: FeedCategory[] | null; readonly notes: ImportNote[] } {
  if (file === null) return { categories: null, notes: [] };
  const entries = objectsOf(file['feedConfigurations']);
  const published = entries.filter((entry) => isOn(entry['enabled'])).map((entry) => textOf(entry['category']));
  const wanted = FEED_CATEGORIES.filter((category) => !isPublishedWhereConfigured(category) || on.includes(category));
  const silent = wanted.filter((category) => !published.includes(category));
  const notes = [
    ...unknownKeys(file, ['feedFilterBeans', 'feedConfigurations'], name),
    ...entries.flatMap((entry) => unknownKeys(entry, ENTRY_KEYS, `${name}.feedConfigurations[${textOf(entry['category'])}]`)),
    ...silent.map((category) =>
      lost(`${name}.feedConfigurations[${category}]`, 'this server does not publish the feed, so its changes of this kind are not seen'),
    ),
    ...(entries.some((entry) => entry['linkTemplates'] !== undefined)
      ? [changed(`${name}.feedConfigurations[].linkTemplates`, 'addresses are made from category and uuid, and the templates are not used')]
      : []),
    ...unusedKeys(`${name}.feedConfigurations`, entries, ['openMrsClass', 'title', 'feedWriter'], 'says how the server writes its feed, and stays there'),
    ...keptOf(
      `${name}.feedConfigurations`,
      published.filter((category) => wanted.some((one) => one === category)),
      'are read: feed.categories of the site',
    ),
    ...keptOf(
      `${name}.feedConfigurations`,
      entries.filter((entry) => !isOn(entry['enabled'])).map((entry) => textOf(entry['category'])),
      'are not published, and not read',
    ),
    ...keptOf(
      `${name}.feedConfigurations`,
      published.filter((category) => !wanted.some((one) => one === category)),
      'are published, and nothing that travels needs them',
    ),
    ...(Array.isArray(file['feedFilterBeans']) ? [kept(`${name}.feedFilterBeans`, beansNote(file['feedFilterBeans']))] : []),
  ];
  return { categories: wanted.filter((category) => published.includes(category)), notes };
}
