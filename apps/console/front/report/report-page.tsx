import { Select, SelectItem } from '@carbon/react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { readReport } from '../desk.js';
import { useSpeech } from '../language/speaking.js';
import { dayText } from '../language/times.js';
import { goTo, usePlace } from '../place.js';
import { Trouble } from '../said.js';
import { SumTable } from './sum-table.js';
import { type Span, spansUntil, sumsBy, sumsOverTime } from './sums.js';

/** Conflicts over time: how many were opened and closed by week or month, and by what. */
export function ReportPage() {
  const { t, language, fieldName, categoryName } = useSpeech();
  const span: Span = usePlace().searchParams.get('by') === 'month' ? 'month' : 'week';
  const [since = ''] = spansUntil(span, new Date());
  const { data, error } = useQuery({
    queryKey: ['report', span, since],
    queryFn: () => readReport(span, since),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <h1>{t.pageReport}</h1>
      <div className="span-choice">
        <Select
          id="report-by"
          size="sm"
          labelText={t.reportBy}
          value={span}
          onChange={({ target }) => goTo(target.value === 'month' ? '/conflicts/report?by=month' : '/conflicts/report', { replace: true })}
        >
          <SelectItem value="week" text={t.weeks} />
          <SelectItem value="month" text={t.months} />
        </Select>
      </div>
      <p className="help soft">{t.reportHelp}</p>
      {error !== null && <Trouble error={error} />}
      {data === undefined && error === null && <p>{t.loading}</p>}
      {data?.length === 0 && <p className="empty">{t.noReport}</p>}
      {data !== undefined && data.length > 0 && (
        <div className="report">
          <SumTable title={t.reportFrom} sums={sumsOverTime(data, span, new Date())} nameOf={(day) => dayText(day, language)} />
          <SumTable title={t.byLink} sums={sumsBy(data, ({ link }) => link)} />
          <SumTable title={t.byCategory} sums={sumsBy(data, ({ category }) => category)} nameOf={categoryName} />
          <SumTable title={t.byField} sums={sumsBy(data, ({ field }) => field)} nameOf={fieldName} />
          <SumTable title={t.answeredBy} sums={sumsBy(data, ({ by }) => by ?? '')} nameOf={(who) => (who === '' ? t.byItselfOrOpen : who)} />
        </div>
      )}
    </>
  );
}
