/** What the list is filtered by, as its own address says it, so that a list can be bookmarked. Empty is all. */
export interface Filters {
  readonly link: string;
  readonly category: string;
  readonly field: string;
  /** `nobody` for those that nobody has taken; a name otherwise, after a `@`. */
  readonly owner: string;
  readonly state: string;
  /** `hour`, `day`, `week`, `month`: open for longer than that. */
  readonly age: string;
}

export const FILTERS = ['link', 'category', 'field', 'owner', 'state', 'age'] as const satisfies readonly (keyof Filters)[];

export const AGES: Readonly<Record<string, number>> = { hour: 3600, day: 86_400, week: 604_800, month: 2_629_800 };

export const filtersIn = (query: URLSearchParams): Filters =>
  Object.fromEntries(FILTERS.map((name) => [name, query.get(name) ?? ''])) as Readonly<Record<(typeof FILTERS)[number], string>>;

export const placeFiltered = (filters: Filters): string => {
  const query = new URLSearchParams(Object.entries(filters).filter(([name, value]) => value !== '' && (FILTERS as readonly string[]).includes(name)));
  return query.size === 0 ? '/conflicts' : `/conflicts?${query}`;
};

export const isFiltered = (filters: Filters): boolean => FILTERS.some((name) => filters[name] !== '');

/** The question to the desk: so many from the beginning. */
export function deskQuery(filters: Filters, limit: number, now: Date): string {
  const query = new URLSearchParams();
  for (const name of ['link', 'category', 'field'] as const) if (filters[name] !== '') query.set(name, filters[name]);
  if (filters.owner !== '') query.set('owner', filters.owner === 'nobody' ? '' : filters.owner.replace(/^@/, ''));
  if (filters.state !== '') query.set('states', filters.state);
  const seconds = Object.hasOwn(AGES, filters.age) ? AGES[filters.age] : undefined;
  if (seconds !== undefined) query.set('openedBefore', new Date(now.getTime() - seconds * 1000).toISOString());
  query.set('limit', String(limit));
  return query.toString();
}
