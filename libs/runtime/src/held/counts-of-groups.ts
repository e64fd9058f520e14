import type { HeldGroup, HeldList } from '@sync-hub/contracts';

type Grouped = Pick<HeldGroup, 'link' | 'site' | 'category' | 'why' | 'origin' | 'count'>;

/** How many are held, and of what, the most first. What is held here is counted under no origin. */
export function countsOfGroups(rows: readonly Grouped[]): HeldList['counts'] {
  const by = (name: 'link' | 'site' | 'category' | 'why' | 'origin') => {
    const counts = new Map<string, number>();
    for (const row of rows) {
      if (name === 'origin' && row.origin === undefined) continue;
      const word = row.why === 'patient-stopped' && name === 'site' ? '' : (row[name] ?? '');
      counts.set(word, (counts.get(word) ?? 0) + row.count);
    }
    return [...counts].map(([word, count]) => ({ name: word, count })).sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
  };
  const all = rows.reduce((total, { count }) => total + count, 0);
  return { all, groups: rows.length, by: { link: by('link'), site: by('site'), category: by('category'), why: by('why'), origin: by('origin') } };
}
