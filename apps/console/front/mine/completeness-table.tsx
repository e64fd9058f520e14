import { Button } from '@carbon/react';
import type { Completeness, CompletenessRow } from '@sync-hub/contracts';
import { useQuery } from '@tanstack/react-query';
import { Cell, Columns } from '../columns.js';
import { monthText } from '../language/times.js';
import { Said, Trouble } from '../said.js';
import { completenessCsv } from './completeness-csv.js';
import { readCompleteness } from './own-api.js';
import { useOwnWords } from './use-own-words.js';

const MONTHS_SHOWN = 24;
const LOOK_AGAIN_MS = 3000;

/** Patients, visits and encounters by month, here and there, as far as is known without asking. */
export function CompletenessTable({ site }: { readonly site: string }) {
  const { t, words, moment } = useOwnWords();
  const { data, error } = useQuery({
    queryKey: ['completeness', site],
    queryFn: () => readCompleteness(site),
    staleTime: 60_000,
    refetchInterval: ({ state }) => (state.data?.rows === null ? LOOK_AGAIN_MS : false),
  });
  const rows = data?.rows ?? null;
  return (
    <section aria-labelledby="completeness">
      <h2 id="completeness">{words.completeness}</h2>
      <p className="help soft">{words.completenessHelp}</p>
      {error !== null && <Trouble error={error} />}
      {data === undefined && error === null && <p>{t.loading}</p>}
      {data !== undefined && rows === null && <p>{words.counting}</p>}
      {rows?.length === 0 && <p className="empty">{words.nothingCounted}</p>}
      {data !== undefined && data.unread > 0 && <Said kind="info" text={words.notCounted(data.unread)} />}
      {data !== undefined && data.sealed > 0 && <Said kind="warning" text={words.notOpened(data.sealed)} />}
      {data !== undefined && rows !== null && rows.length > 0 && (
        <>
          {[...new Set(rows.map(({ link }) => link))].map((link) => (
            <Months key={link} rows={rows.filter((row) => row.link === link)} />
          ))}
          <p className="soft">{words.countedAt(moment(data.countedAt))}</p>
          <Button kind="ghost" size="sm" className="not-printed" onClick={() => download(data)}>
            {words.csv}
          </Button>
        </>
      )}
    </section>
  );
}

function Months({ rows }: { readonly rows: readonly CompletenessRow[] }) {
  const { words, names, language } = useOwnWords();
  const [first] = rows;
  if (first === undefined) return null;
  const months = [...new Set(rows.map(({ month }) => month))];
  const shown = months.slice(0, MONTHS_SHOWN + 1);
  return (
    <>
      <h3>{words.andAt(first.other)}</h3>
      <table className="cds--data-table rows">
        <Columns of={[words.month, words.kind, words.here, words.there(first.other), words.lacking(first.other)]} />
        <tbody>
          {rows
            .filter(({ month }) => shown.includes(month))
            .map(({ month, category, here, there, both }) => (
              <tr key={`${month} ${category}`} className={month === null ? 'total' : undefined}>
                <Cell of={words.month}>{month === null ? words.allMonths : monthText(month, language)}</Cell>
                <Cell of={words.kind}>{names.categoryName(category)}</Cell>
                <Cell of={words.here}>{here}</Cell>
                <Cell of={words.there(first.other)}>{there}</Cell>
                <td data-column={words.lacking(first.other)}>
                  <div className={here > both ? 'lacking' : undefined}>{here - both}</div>
                </td>
              </tr>
            ))}
        </tbody>
      </table>
      {months.length > shown.length && <p className="soft">{words.olderInCsv(months.length - shown.length)}</p>}
    </>
  );
}

function download(counted: Completeness): void {
  const address = URL.createObjectURL(new Blob([completenessCsv(counted)], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `completeness-${counted.site}-${counted.countedAt.slice(0, 10)}.csv`;
  link.click();
  URL.revokeObjectURL(address);
}
