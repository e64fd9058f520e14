import type { ConflictCounts, ConflictFilter, ConflictSummary } from '@sync-hub/contracts';

/** Is the conflict among those that are asked for? Without states, where it is not closed. */
export function isAskedFor({ link, category, owner, field, reason, states, openedBefore }: ConflictFilter, conflict: ConflictSummary): boolean {
  const isClosed = conflict.state === 'resolved' || conflict.state === 'dismissed';
  return (
    (states === undefined ? !isClosed : states.includes(conflict.state)) &&
    (link === undefined || conflict.link === link) &&
    (category === undefined || conflict.category === category) &&
    (owner === undefined || (conflict.owner ?? '') === owner) &&
    (field === undefined || conflict.fields.includes(field)) &&
    (reason === undefined || conflict.reason === reason) &&
    (openedBefore === undefined || Date.parse(conflict.openedAt) < Date.parse(openedBefore))
  );
}

/** How many there are by what; the most first. */
export function countsOf(conflicts: readonly ConflictSummary[]): ConflictCounts {
  const by = (names: (conflict: ConflictSummary) => readonly string[]) => {
    const counts = new Map<string, number>();
    for (const name of conflicts.flatMap(names)) counts.set(name, (counts.get(name) ?? 0) + 1);
    return sorted([...counts].map(([name, count]) => ({ name, count })));
  };
  return {
    all: conflicts.length,
    by: {
      link: by(({ link }) => [link]),
      category: by(({ category }) => [category]),
      field: by(({ fields }) => fields),
      owner: by(({ owner }) => [owner ?? '']),
      reason: by(({ reason }) => [reason]),
      state: by(({ state }) => [state]),
    },
  };
}

type Counted = { readonly name: string; readonly count: number };
const sorted = (counted: readonly Counted[]): readonly Counted[] => [...counted].sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));

/** The counts of both. */
export function addedCounts(one: ConflictCounts, other: ConflictCounts): ConflictCounts {
  const added = (key: keyof ConflictCounts['by']): readonly Counted[] => {
    const counts = new Map<string, number>();
    for (const { name, count } of [...one.by[key], ...other.by[key]]) counts.set(name, (counts.get(name) ?? 0) + count);
    return sorted([...counts].map(([name, count]) => ({ name, count })));
  };
  return {
    all: one.all + other.all,
    by: { link: added('link'), category: added('category'), field: added('field'), owner: added('owner'), reason: added('reason'), state: added('state') },
  };
}
