import type { FailingOverview } from './failing-overview.js';
import type { Overview } from './overview.js';
import type { News, Table } from './page.js';
import { countText, type Words } from './plain-words.js';

/** What is being tried again and again, in plain words: one, and of several. */
const WORKS: Readonly<Record<FailingOverview['work'], readonly [string, string]>> = {
  'compare-metadata': ['comparison of metadata', 'comparisons of metadata'],
  'list-history': ['history of a patient', 'histories of patients'],
  'read-cohorts': ['cohort', 'cohorts'],
  'tell-people': ['channel of messages', 'channels of messages'],
};

/** What has failed though its site answers, and has not been done since: `history of patient/8d6c… on link kisumu`. */
export function failingText({ work, place, uuid }: Pick<FailingOverview, 'work' | 'place' | 'uuid'>): string {
  switch (work) {
    case 'compare-metadata':
      return `comparison of the metadata of link ${place}`;
    case 'list-history':
      return `history of patient/${uuid} on link ${place}`;
    case 'read-cohorts':
      return `cohort/${uuid} at ${place}`;
    case 'tell-people':
      return `messages to people by ${place}`;
  }
}

/** What the hub tries again and again in vain, for what, and since when: by ids. */
export const failingTable = ({ failing }: Overview, words: Words): Table => ({
  id: 'failing',
  title: 'Failing',
  explains:
    'What the hub asks its sites of itself, and has not got since, though they answer, and messages to people that do not arrive. It is tried again by itself; who hangs on it waits.',
  count: countText(failing.length, 'piece of work', 'pieces of work'),
  columns: ['What', 'Since', 'Why'],
  rows: failing.map(({ work, place, uuid, code, times, since, lastAt }) => [
    { text: failingText({ work, place, uuid }), tone: 'bad' as const },
    { text: words.clock(since), note: `${countText(times, 'time')}, last ${words.ago(lastAt)}` },
    { text: code, code: true },
  ]),
  empty:
    'Nothing of the kind fails. Comparisons of metadata, histories of patients and cohorts that cannot be read, and messages that do not arrive, are shown here.',
  folded: failing.length === 0,
});

/** A sentence for each kind of work that fails. */
export function failingNews({ failing }: Pick<Overview, 'failing'>, words: Pick<Words, 'clock'>): News[] {
  return Object.entries(WORKS).flatMap(([work, [one, many]]): News[] => {
    const [first, ...others] = failing.filter((each) => each.work === work);
    if (first === undefined) return [];
    return [{ tone: 'bad', text: `${countText(others.length + 1, one, many)} failing since ${words.clock(first.since)} (${first.code}); see Failing below` }];
  });
}
