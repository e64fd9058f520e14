import { Button } from '@carbon/react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { listConflicts } from '../desk.js';
import { moveFocus, useKeys } from '../keys.js';
import { useSpeech } from '../language/speaking.js';
import { usePlace } from '../place.js';
import { Trouble } from '../said.js';
import { ConflictTable } from './conflict-table.js';
import { FilterBar } from './filter-bar.js';
import { deskQuery, filtersIn, isFiltered } from './filters.js';

const ROWS = '[data-row]';
const FIRST = 50;
/** As many as the desk tells at once. */
const MOST = 200;
const LOOK_EVERY_MS = 5000;

/** Every conflict that waits for somebody, the oldest first, by what is asked for. */
export function ListPage() {
  const { t } = useSpeech();
  const filters = filtersIn(usePlace().searchParams);
  const [limit, setLimit] = useState(FIRST);
  const { data, error } = useQuery({
    queryKey: ['conflicts', filters, limit],
    queryFn: () => listConflicts(deskQuery(filters, limit, new Date())),
    refetchInterval: LOOK_EVERY_MS,
    placeholderData: keepPreviousData,
  });
  useKeys({ j: () => moveFocus(ROWS, 1), k: () => moveFocus(ROWS, -1) });
  const shown = data?.conflicts.length ?? 0;
  return (
    <>
      <h1>
        {t.title} {data !== undefined && <span className="count">{t.waiting(data.counts.all)}</span>}
      </h1>
      {error !== null && <Trouble error={error} />}
      {data === undefined ? error === null && <p>{t.loading}</p> : <FilterBar filters={filters} counts={data.counts} />}
      {data !== undefined && shown === 0 && <p className="empty">{isFiltered(filters) ? t.noneFits : t.noneWaiting}</p>}
      {data !== undefined && shown > 0 && <ConflictTable conflicts={data.conflicts} />}
      {data !== undefined && shown < data.counts.all && (
        <p className="more">
          {t.showing(shown, data.counts.all)}{' '}
          {limit < MOST && (
            <Button kind="ghost" size="sm" onClick={() => setLimit(MOST)}>
              {t.more}
            </Button>
          )}
        </p>
      )}
    </>
  );
}
