import { Button } from '@carbon/react';
import type { OwnGroup, OwnRecord } from '@sync-hub/contracts';
import { useState } from 'react';
import { Ago } from '../ago.js';
import { Cell, Columns } from '../columns.js';
import { LinkHere } from '../link-here.js';
import { listOwn } from './own-api.js';
import { useOwnWords } from './use-own-words.js';
import { helpText, whyText } from './why-text.js';

/** As many as the console tells at once. */
const MOST = 1000;
/** Of what goes on by itself nobody needs to see each. */
const FEW: Readonly<Partial<Record<OwnGroup['because'], number>>> = { away: 10, paused: 10, moving: 10, unread: 10 };

/** All that has not arrived for one reason: how many, what helps, and which they are. */
export function GroupTold({ group, site }: { readonly group: OwnGroup; readonly site: string }) {
  const inWords = useOwnWords();
  const { words, names } = inWords;
  const [more, setMore] = useState<readonly OwnRecord[] | null>(null);
  const records = more ?? group.records.slice(0, FEW[group.because]);
  const showMore = async (): Promise<void> => {
    const { groups } = await listOwn(site, MOST);
    setMore(groups.find(({ id }) => id === group.id)?.records ?? []);
  };
  return (
    <article className="not-arrived">
      <h3>
        {whyText(group, inWords)} <span className="count">{names.categoryName(group.category)}</span>
      </h3>
      <p>
        {helpText(group, inWords)}{' '}
        {(group.because === 'held' || group.because === 'waiting') && (
          <LinkHere to={`/parked/${group.id}`} className="cds--link not-printed">
            {words.seeTo}
          </LinkHere>
        )}
      </p>
      <Records records={records} category={group.category} />
      {records.length < group.count && (
        <p className="soft">
          {words.andMore(group.count - records.length)}{' '}
          {more === null && (
            <Button kind="ghost" size="sm" className="not-printed" onClick={() => void showMore()}>
              {words.showMore}
            </Button>
          )}
        </p>
      )}
    </article>
  );
}

function Records({ records, category }: { readonly records: readonly OwnRecord[]; readonly category: string }) {
  const { words, names } = useOwnWords();
  return (
    <table className="cds--data-table rows">
      <Columns of={[words.record, words.patient, words.since]} />
      <tbody>
        {records.map(({ id, record, patient, conflict, since }) => (
          <tr key={id}>
            <Cell of={words.record}>
              <LinkHere to={conflict === null ? `/records/${record.uuid}` : `/conflicts/${conflict}`}>
                {names.categoryName(category)} <code>{record.uuid}</code>
              </LinkHere>
            </Cell>
            <Cell of={words.patient}>
              <PatientLink patient={patient} />
            </Cell>
            <Cell of={words.since}>
              <Ago at={since} />
            </Cell>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Her dashboard in the site's own pages; by her uuid alone where nobody said where that is. */
function PatientLink({ patient }: Pick<OwnRecord, 'patient'>) {
  const { words } = useOwnWords();
  if (patient === null) return <span className="soft">{words.noPatient}</span>;
  if (patient.page === null) return <code>{patient.uuid}</code>;
  return (
    <a href={patient.page} target="_blank" rel="noopener noreferrer" className="cds--link" title={words.dashboardOf(patient.uuid)}>
      {words.dashboard} <code>{patient.uuid.slice(0, 8)}</code>
    </a>
  );
}
