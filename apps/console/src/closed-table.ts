import type { ClosedClassOverview, Overview } from './overview.js';
import type { News, Table } from './page.js';
import { countText, listText, type Words } from './plain-words.js';

const NOT_DONE: Readonly<Record<ClosedClassOverview['does'][number], string>> = {
  look: 'looked at for other sites',
  read: 'read there',
  write: 'written there',
  make: 'made there',
  change: 'changed there',
  void: 'voided there',
  restore: 'brought back there',
};

/** `orders are not written there`, in the words of a class. */
export const closedText = ({ class: name, does }: Pick<ClosedClassOverview, 'class' | 'does'>): string =>
  `${name} is not ${listText(does.map((one) => NOT_DONE[one]))}`;

/** What opens it. */
export const openedBy = ({ privilege }: Pick<ClosedClassOverview, 'privilege'>): string =>
  privilege === null
    ? 'bring it there by other means, upgrade the site, or switch the class off; after an upgrade all goes on by itself'
    : `grant ${privilege} to the account’s role; all goes on by itself within a minute`;

/** What sites take from us of no record of a class, each class once. */
export function closedTable({ closedClasses }: Overview, words: Words): Table {
  return {
    id: 'closed',
    title: 'Closed classes',
    explains:
      'Kinds of record that a site does not take from us, whatever the record. Nothing of them is sent there; what waits goes on by itself when the class opens.',
    count: countText(closedClasses.length, 'class', 'classes'),
    columns: ['Site', 'What', 'Why', 'Waiting', 'Since'],
    rows: closedClasses.map((one) => [
      { text: words.siteName(one.site) },
      { text: closedText(one), tone: one.code === 'not-allowed' ? 'bad' : 'quiet' },
      { text: one.because, note: openedBy(one) },
      one.waiting === 0 ? { text: 'nothing', tone: 'quiet' } : { text: countText(one.waiting, 'record'), tone: 'busy' },
      { text: words.ago(one.since), note: words.clock(one.since) },
    ]),
    empty: 'Every site takes every kind of record that travels to it.',
    folded: closedClasses.length === 0,
  };
}

/** A sentence for each class that somebody must open, or for which records wait. */
export const closedNews = ({ closedClasses }: Overview, words: Words): News[] =>
  closedClasses
    .filter(({ code, waiting }) => code === 'not-allowed' || waiting > 0)
    .map((one) => ({
      tone: one.code === 'not-allowed' ? 'bad' : 'quiet',
      text: `At ${words.siteName(one.site)} ${closedText(one)}: ${one.because}. ${one.waiting === 0 ? 'Nothing waits for it' : `${countText(one.waiting, 'record')} ${one.waiting === 1 ? 'waits' : 'wait'} for it`}`,
    }));
