import { Button } from '@carbon/react';
import type { ConflictCounts } from '@sync-hub/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { listConflicts } from '../desk.js';
import { moveFocus, useKeys } from '../keys.js';
import { useSpeech } from '../language/speaking.js';
import { LinkHere } from '../link-here.js';
import { Permitted } from '../may.js';
import { goTo, usePlace } from '../place.js';
import { Trouble } from '../said.js';
import { ConflictTable } from './conflict-table.js';
import { FilterBar } from './filter-bar.js';
import { deskQuery, type Filters, filtersIn, isFiltered, pageIn, placeFiltered, placeOfBulk } from './filters.js';

const ROWS = '[data-row]';
const ROWS_OF_PAGE = 50;
const LOOK_EVERY_MS = 5000;

/** Every conflict that waits for somebody, the oldest first, by what is asked for. */
export function ListPage() {
  const { t } = useSpeech();
  const { searchParams } = usePlace();
  const [filters, page] = [filtersIn(searchParams), pageIn(searchParams)];
  const offset = (page - 1) * ROWS_OF_PAGE;
  const { data, error } = useQuery({
    queryKey: ['conflicts', filters, offset],
    queryFn: () => listConflicts(deskQuery(filters, { offset, limit: ROWS_OF_PAGE }, new Date())),
    refetchInterval: LOOK_EVERY_MS,
    placeholderData: keepPreviousData,
  });
  useKeys({ j: () => moveFocus(ROWS, 1), k: () => moveFocus(ROWS, -1) });
  const pages = Math.max(1, Math.ceil((data?.counts.all ?? 0) / ROWS_OF_PAGE));
  const isBeyond = data !== undefined && page > pages;
  // What is answered meanwhile makes the list shorter: its last page is then another one.
  useEffect(() => {
    if (isBeyond) goTo(placeFiltered(filters, pages), { replace: true });
  });
  const shown = data?.conflicts.length ?? 0;
  return (
    <>
      <h1>
        {t.title} {data !== undefined && <span className="count">{t.waiting(data.counts.all)}</span>}
      </h1>
      {error !== null && <Trouble error={error} />}
      {data === undefined ? error === null && <p>{t.loading}</p> : <FilterBar filters={filters} counts={data.counts} />}
      {data !== undefined && <ToBulk filters={filters} counts={data.counts} />}
      {data !== undefined && data.counts.all === 0 && <p className="empty">{isFiltered(filters) ? t.noneFits : t.noneWaiting}</p>}
      {shown > 0 && <Permitted to="see-records" />}
      {data !== undefined && shown > 0 && <ConflictTable conflicts={data.conflicts} />}
      {data !== undefined && data.counts.all > ROWS_OF_PAGE && <Pages filters={filters} page={page} pages={pages} of={data.counts.all} />}
    </>
  );
}

/** Where somebody who has several alike answers them together; closed ones, and those on their way, are none of them. */
function ToBulk({ filters, counts }: { readonly filters: Filters; readonly counts: ConflictCounts }) {
  const { t } = useSpeech();
  if (counts.all === 0 || !['', 'open', 'assigned'].includes(filters.state)) return null;
  return (
    <Permitted to="answer-conflicts" quiet>
      <p>
        <LinkHere to={placeOfBulk(filters)}>{t.bulk}</LinkHere>
      </p>
    </Permitted>
  );
}

function Pages({ filters, page, pages, of }: { readonly filters: Filters; readonly page: number; readonly pages: number; readonly of: number }) {
  const { t } = useSpeech();
  const from = (page - 1) * ROWS_OF_PAGE + 1;
  const goToPage = (number: number) => (): void => {
    goTo(placeFiltered(filters, number));
    scrollTo({ top: 0 });
  };
  return (
    <nav className="pages" aria-label={t.title}>
      <Button kind="ghost" size="sm" disabled={page === 1} onClick={goToPage(page - 1)}>
        ← {t.previousPage}
      </Button>
      <span aria-live="polite">{t.showing(from, Math.min(of, from + ROWS_OF_PAGE - 1), of)}</span>
      <Button kind="ghost" size="sm" disabled={page === pages} onClick={goToPage(page + 1)}>
        {t.nextPage} →
      </Button>
    </nav>
  );
}
