import { Button } from '@carbon/react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { moveFocus, useKeys } from '../keys.js';
import { Permitted } from '../may.js';
import { goTo, usePlace } from '../place.js';
import { Trouble } from '../said.js';
import { auditChoices, searchAudit } from './audit-api.js';
import { AuditFiltersForm } from './audit-filters.js';
import { AuditTable } from './audit-table.js';
import { ExportForm } from './export-form.js';
import { type AuditFilters, filterOf, filtersInHash, placeOfAudit } from './filters.js';
import { useAuditWords } from './use-audit-words.js';
import { Verify } from './verify.js';
import { WalkSearch } from './walk-search.js';

const ROWS = '[data-row]';

/** The audit: what fits, the newest first; written out; and held against its seals. */
export function AuditPage() {
  const { words } = useAuditWords();
  const { hash } = usePlace();
  const [filters, setFilters] = useState(() => filtersInHash(hash));
  const [times, again] = useState(0);
  const choices = useQuery({ queryKey: ['audit-choices'], queryFn: auditChoices });
  useKeys({ j: () => moveFocus(ROWS, 1), k: () => moveFocus(ROWS, -1) });
  const [forms, anew] = useState(0);
  const search = (asked: AuditFilters): void => {
    setFilters(asked);
    again(times + 1);
    goTo(placeOfAudit(asked), { replace: true });
  };
  const searchWalk = (trace: string): void => {
    search({ ...filtersInHash(''), trace });
    anew(forms + 1);
    scrollTo(0, 0);
  };
  return (
    <WalkSearch value={searchWalk}>
      <h1>{words.title}</h1>
      <p className="help">{words.help}</p>
      {choices.error !== null && <Trouble error={choices.error} />}
      <Permitted to="read-audit">
        <AuditFiltersForm key={`form ${forms}`} begin={filters} choices={choices.data} search={search} />
        <ExportForm searched={filterOf(filters)} />
        <Verify />
        <Found key={times} filters={filters} times={times} />
      </Permitted>
    </WalkSearch>
  );
}

/** Each search looks anew: what was found a moment ago has more before it by now. */
function Found({ filters, times }: { readonly filters: AuditFilters; readonly times: number }) {
  const { t, words } = useAuditWords();
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ['audit', filters, times],
    queryFn: ({ pageParam }) => searchAudit(filterOf(filters), pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    gcTime: 0,
  });
  const lines = data?.pages.flatMap((page) => page.lines) ?? [];
  return (
    <>
      {error !== null && <Trouble error={error} />}
      {data === undefined && error === null && <p>{t.loading}</p>}
      {data !== undefined && lines.length === 0 && <p className="empty">{words.none}</p>}
      {lines.length > 0 && (
        <>
          <p className="soft" role="status">
            {words.shown(lines.length)}
          </p>
          <AuditTable lines={lines} />
        </>
      )}
      {hasNextPage && (
        <Button kind="ghost" size="sm" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {words.earlier}
        </Button>
      )}
    </>
  );
}
