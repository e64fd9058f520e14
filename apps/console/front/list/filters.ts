import type { BulkAsked, ConflictState } from '@sync-hub/contracts';

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

/** The query that says the filters, and whatever else is set. */
const queryOf = (filters: Filters, more: Readonly<Record<string, string>>): string => {
  const said = Object.entries({ ...Object.fromEntries(FILTERS.map((name) => [name, filters[name]])), ...more });
  const query = new URLSearchParams(said.filter(([, value]) => value !== ''));
  return query.size === 0 ? '' : `?${query}`;
};

/** The list, filtered; from its first page unless another is named. */
export const placeFiltered = (filters: Filters, page = 1): string => `/conflicts${queryOf(filters, page === 1 ? {} : { page: String(page) })}`;

/** Where those that fit are answered by one policy, and which run of it is looked at. */
export const placeOfBulk = (filters: Filters, more: { readonly policy?: string; readonly run?: string } = {}): string =>
  `/conflicts/bulk${queryOf(filters, more)}`;

export const pageIn = (query: URLSearchParams): number => (/^[1-9]\d{0,5}$/.test(query.get('page') ?? '') ? Number(query.get('page')) : 1);

export const isFiltered = (filters: Filters): boolean => FILTERS.some((name) => filters[name] !== '');

/** What the filters ask of the desk. */
export function askedBy(filters: Filters, now: Date) {
  const { link, category, field, owner, state, age } = filters;
  const seconds = Object.hasOwn(AGES, age) ? AGES[age] : undefined;
  return {
    ...(link === '' ? {} : { link }),
    ...(category === '' ? {} : { category }),
    ...(field === '' ? {} : { field }),
    ...(owner === '' ? {} : { owner: owner === 'nobody' ? '' : owner.replace(/^@/, '') }),
    // Whatever stands in the address: of what is no state the console says so.
    ...(state === '' ? {} : { states: [state as ConflictState] }),
    ...(seconds === undefined ? {} : { openedBefore: new Date(now.getTime() - seconds * 1000).toISOString() }),
  };
}

/** The filters that ask the desk for the same, but for how long it is open. */
export const filtersOf = ({
  link = '',
  category = '',
  field = '',
  owner,
  states = [],
}: Pick<BulkAsked, 'link' | 'category' | 'field' | 'owner' | 'states'>): Filters => ({
  link,
  category,
  field,
  owner: owner === undefined ? '' : owner === '' ? 'nobody' : `@${owner}`,
  state: states.length === 1 ? (states[0] ?? '') : '',
  age: '',
});

/** The question to the desk: so many from there on. */
export const deskQuery = (filters: Filters, { offset, limit }: { readonly offset: number; readonly limit: number }, now: Date) => ({
  ...askedBy(filters, now),
  ...(offset > 0 ? { offset } : {}),
  limit,
});
