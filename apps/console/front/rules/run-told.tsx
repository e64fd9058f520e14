import type { BulkCounts, BulkRun } from '@sync-hub/contracts';
import { useId } from 'react';
import { useSpeech } from '../language/speaking.js';
import { whyText } from '../words-of-conflict.js';

/** How far a plan or its carrying out is; once it has ended, what it came to. */
export function RunTold({ run }: { readonly run: BulkRun }) {
  if (run.state === 'running') return <Progress run={run} />;
  return run.counts === null ? null : <Counts counts={run.counts} />;
}

function Progress({ run: { does, done, of } }: { readonly run: BulkRun }) {
  const { t } = useSpeech();
  const id = useId();
  return (
    <div className="progress">
      <label htmlFor={id}>{does === 'plan' ? t.bulkLooking : t.bulkAnswering}</label>
      <progress id={id} max={Math.max(1, of)} value={done} />
      <span className="soft">{t.bulkProgress(done, of)}</span>
    </div>
  );
}

function Counts({ counts }: { readonly counts: BulkCounts }) {
  const { t } = useSpeech();
  const { found, answered, inPart, passedOver, left } = counts;
  const unanswered = left.reduce((sum, { count }) => sum + count, 0);
  const numbers = [
    [t.countFound, found, true],
    [t.countAnswered, answered, true],
    [t.countInPart, inPart, inPart > 0],
    [t.countLeft, unanswered, unanswered > 0],
    [t.countPassedOver, passedOver, passedOver > 0],
  ] as const;
  return (
    <>
      <dl className="counts" aria-live="polite">
        {numbers
          .filter(([, , isTold]) => isTold)
          .map(([what, count]) => (
            <div key={what}>
              <dt>{what}</dt>
              <dd>{count}</dd>
            </div>
          ))}
      </dl>
      {left.length > 0 && (
        <ul aria-label={t.countLeft}>
          {left.map(({ why, count }) => (
            <li key={why}>
              {count} · {whyText(t, why)}
            </li>
          ))}
        </ul>
      )}
      {counts.taken.length > 0 && <Taken counts={counts} />}
    </>
  );
}

/** Of which field how often which end is taken. */
function Taken({ counts: { taken } }: { readonly counts: BulkCounts }) {
  const { t, fieldName } = useSpeech();
  const fields = [...new Set(taken.map(({ field }) => field))];
  const of = (field: string, take: 'parent' | 'child'): number => taken.find((one) => one.field === field && one.take === take)?.count ?? 0;
  return (
    <table className="cds--data-table numbers">
      <thead>
        <tr>
          <th scope="col">{t.fieldTakes}</th>
          <th scope="col">{t.takesParent}</th>
          <th scope="col">{t.takesChild}</th>
        </tr>
      </thead>
      <tbody>
        {fields.map((field) => (
          <tr key={field}>
            <th scope="row">{fieldName(field)}</th>
            <td>{of(field, 'parent')}</td>
            <td>{of(field, 'child')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
