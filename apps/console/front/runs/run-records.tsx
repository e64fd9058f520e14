import type { ManualRunRecord } from '@sync-hub/contracts';
import { useQuery } from '@tanstack/react-query';
import { Cell, Columns } from '../columns.js';
import { LinkHere } from '../link-here.js';
import { Trouble } from '../said.js';
import { MOST_RECORDS_SHOWN, recordsOfRun } from './run-api.js';
import { useRunWords } from './use-run-words.js';

/** The first records of a category of a run that came, or would come, to the same; each leads to its own page. */
export function RunRecords({ run, isDry, category, as }: { readonly run: string; readonly isDry: boolean; readonly category: string; readonly as: string }) {
  const { t, words, categoryName } = useRunWords();
  const { data, error } = useQuery({ queryKey: ['manual-run', run, 'records', category, as], queryFn: () => recordsOfRun(run, category, as) });
  return (
    <section>
      <h2>{`${categoryName(category)}: ${words.ends[as] ?? as}`}</h2>
      {error !== null && <Trouble error={error} />}
      {data === undefined && error === null && <p>{t.loading}</p>}
      {data?.length === MOST_RECORDS_SHOWN && <p className="soft">{words.first(MOST_RECORDS_SHOWN)}</p>}
      {data !== undefined && (
        <table className="cds--data-table rows">
          <Columns of={[words.record, words.why, ...(isDry ? [words.fields, words.awaits] : [])]} />
          <tbody>
            {data.map(({ record, reason, fields, awaits }) => (
              <tr key={record.uuid}>
                <Cell of={words.record}>
                  <LinkHere to={`/records/${record.uuid}`} row>
                    <code>{record.uuid}</code>
                  </LinkHere>
                </Cell>
                <Cell of={words.why}>{reason}</Cell>
                {isDry && <Beside fields={fields} awaits={awaits} />}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** What would be written of it, or asked about, and what it would wait for. */
function Beside({ fields, awaits }: Pick<ManualRunRecord, 'fields' | 'awaits'>) {
  const { words, fieldName } = useRunWords();
  return (
    <>
      <Cell of={words.fields}>{fields.map(fieldName).join(', ')}</Cell>
      <Cell of={words.awaits}>
        {awaits.map((name) => (
          <div key={name}>
            <LinkHere to={`/records/${name.slice(name.indexOf('/') + 1)}`}>
              <code>{name}</code>
            </LinkHere>
          </div>
        ))}
      </Cell>
    </>
  );
}
