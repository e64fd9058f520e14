import { Button, Select, SelectItem } from '@carbon/react';
import type { HeldFilter, HeldGroup, HeldList } from '@sync-hub/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Ago } from '../ago.js';
import { Cell, Columns } from '../columns.js';
import { moveFocus, useKeys } from '../keys.js';
import { LinkHere } from '../link-here.js';
import { goTo, usePlace } from '../place.js';
import { Said, Trouble } from '../said.js';
import { Unheard } from './elsewhere.js';
import { FarActs } from './far-acts.js';
import { listHeld } from './held-api.js';
import { awayText, causeText } from './sentences.js';
import { useParked } from './use-parked.js';

const ROWS = '[data-row]';
const LOOK_EVERY_MS = 5000;
const FILTERS = ['why', 'link', 'site', 'category', 'origin'] as const;

type Filters = Readonly<Record<(typeof FILTERS)[number], string>>;

const filtersIn = (query: URLSearchParams): Filters => Object.fromEntries(FILTERS.map((name) => [name, query.get(name) ?? ''])) as Filters;

const placeOf = (filters: Filters): string => {
  const query = new URLSearchParams(Object.entries(filters).filter(([, value]) => value !== ''));
  return query.size === 0 ? '/parked' : `/parked?${query}`;
};

/** What is held, by cause, the largest first, with what helps. */
export function ParkedPage() {
  const { t, words, moment } = useParked();
  const filters = filtersIn(usePlace().searchParams);
  const { data, error } = useQuery({
    queryKey: ['held', filters],
    queryFn: () => listHeld(filters as unknown as HeldFilter),
    refetchInterval: LOOK_EVERY_MS,
    placeholderData: keepPreviousData,
  });
  useKeys({ j: () => moveFocus(ROWS, 1), k: () => moveFocus(ROWS, -1) });
  const isFiltered = FILTERS.some((name) => filters[name] !== '');
  return (
    <>
      <h1>
        {words.title} {data !== undefined && <span className="count">{words.held(data.counts.all)}</span>}
      </h1>
      <p className="help">{words.help}</p>
      {error !== null && <Trouble error={error} />}
      {data === undefined && error === null && <p>{t.loading}</p>}
      {data?.away.map((one) => (
        <Said key={`${one.origin ?? ''} ${one.site}`} kind="warning" text={awayText(words, one, moment(one.since))} />
      ))}
      {data !== undefined && <Unheard instances={data.elsewhere} />}
      {data !== undefined && (data.counts.all > 0 || isFiltered) && <FilterBar filters={filters} list={data} />}
      {data !== undefined && data.counts.all === 0 && <p className="empty">{isFiltered ? words.noneFits : words.none}</p>}
      {data !== undefined && data.groups.length > 0 && <Groups groups={data.groups} />}
      {data !== undefined && <FarActs acts={data.asked} />}
    </>
  );
}

function FilterBar({ filters, list }: { readonly filters: Filters; readonly list: HeldList }) {
  const { by } = list.counts;
  // Where no other instance reports there is none to choose.
  const shown = FILTERS.filter((id) => id !== 'origin' || list.elsewhere.length > 0 || filters.origin !== '');
  const { t, words, names } = useParked();
  const labels = { why: words.why, link: t.byLink, site: words.site, category: t.byCategory, origin: words.instance };
  const textOf = {
    why: (name: string) => words.whys[name as HeldGroup['why']] ?? name,
    link: String,
    site: String,
    category: names.categoryName,
    origin: String,
  };
  const goes = (changes: Partial<Filters>): void => goTo(placeOf({ ...filters, ...changes }), { replace: true });
  return (
    <search className="filters" aria-label={t.filters}>
      {shown.map((id) => (
        <Select key={id} id={`filter-${id}`} size="sm" labelText={labels[id]} value={filters[id]} onChange={({ target }) => goes({ [id]: target.value })}>
          <SelectItem value="" text={t.all} />
          {[
            ...by[id].filter(({ name }) => name !== ''),
            ...(filters[id] === '' || by[id].some(({ name }) => name === filters[id]) ? [] : [{ name: filters[id], count: 0 }]),
          ].map(({ name, count }) => (
            <SelectItem key={name} value={name} text={`${textOf[id](name)} (${count})`} />
          ))}
        </Select>
      ))}
      {FILTERS.some((name) => filters[name] !== '') && (
        <Button kind="ghost" size="sm" onClick={() => goTo('/parked', { replace: true })}>
          {t.clearFilters}
        </Button>
      )}
    </search>
  );
}

function Groups({ groups }: { readonly groups: readonly HeldGroup[] }) {
  const { t, words, names } = useParked();
  const columns = [words.why, t.byCategory, t.byLink, words.since, words.helps];
  return (
    <table className="cds--data-table rows">
      <Columns of={columns} />
      <tbody>
        {groups.map((group) => (
          <tr key={group.id}>
            <Cell of={words.why}>
              <LinkHere to={`/parked/${group.id}`} className="cds--link whole-row" row>
                {causeText(words, group, names)}
              </LinkHere>
            </Cell>
            <Cell of={t.byCategory}>{names.categoryName(group.category)}</Cell>
            <Cell of={t.byLink}>
              {group.why === 'patient-stopped' ? '' : group.source === null ? group.site : `${group.source} → ${group.site}`}{' '}
              {group.origin !== undefined && words.at(group.origin)}
            </Cell>
            <Cell of={words.since}>
              <Ago at={group.oldestAt} />
            </Cell>
            <Cell of={words.helps}>{words.helpsWith[group.helps]}</Cell>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
