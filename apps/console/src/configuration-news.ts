import type { Overview, ProcessOverview } from './overview.js';
import type { News } from './page.js';
import { countText, listText, type Words } from './plain-words.js';

/** What a person should know of the configuration: that the file is not taken and why, who has yet to take it, which links went with it. */
export const configurationNews = ({ processes, leftLinks }: Pick<Overview, 'processes' | 'leftLinks'>, words: Pick<Words, 'since'>): News[] => [
  ...refusedNews(processes),
  ...behindNews(processes),
  ...leftLinks.map(({ link, since, ended }): News => {
    const what = ended === 0 ? 'nothing was on its way there' : `${countText(ended, 'record')} on the way ended as filtered`;
    return { tone: 'quiet', text: `Link ${link} is out of the configuration ${words.since(since)}: nothing flows on it, and ${what}` };
  }),
];

/** One sentence for each reason, whoever gives it. */
function refusedNews(processes: readonly ProcessOverview[]): News[] {
  const reasons = new Set(processes.flatMap(({ refused }) => (refused === null ? [] : [refused.because.map((line) => line.trim()).join(' ')])));
  return [...reasons].map((because) => ({ tone: 'bad', text: `The configuration file is not taken, and the one before stays in force: ${because}` }));
}

function behindNews(processes: readonly ProcessOverview[]): News[] {
  const behind = [...new Set(processes.filter(({ isBehind }) => isBehind).flatMap(({ services }) => services))].sort();
  if (behind.length === 0) return [];
  const goes = behind.length === 1 ? 'goes' : 'go';
  return [{ tone: 'busy', text: `${listText(behind)} still ${goes} by an older configuration than the others; what has changed waits for that` }];
}
