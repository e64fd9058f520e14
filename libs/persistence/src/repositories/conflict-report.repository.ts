import type { ConflictReportRow } from '@sync-hub/contracts';
import type { Database } from '../database.js';

/** Over which spans of time conflicts are counted; both begin in UTC, a week on Monday. */
export const REPORT_SPANS = ['week', 'month'] as const;
export type ReportSpan = (typeof REPORT_SPANS)[number];

/** Who answered, or dismissed, a conflict here: the last of those whose answer was taken into the merge. */
const ANSWERED_BY = `coalesce(
  (select answered_by from conflict_answer where conflict_id = conflict.id and ended_as = 'applied' order by number desc limit 1),
  (select "by" from conflict_note where conflict_id = conflict.id and what = 'dismissed' order by id desc limit 1))`;

/** ... and of another instance, as far as it was answered here. */
const ANSWERED_HERE = `(select made_by from received_act where received_act.origin = told.origin and conflict_id = told.id and does in ('answer', 'dismiss')
  and ended_as in ('taken', 'done') order by made_at desc limit 1)`;

const TOLD = `
  select conflict.link, job.category, conflict.aggregate, conflict.fields, conflict.opened_at, conflict.closed_at, ${ANSWERED_BY} as "by"
  from conflict join job on job.id = conflict.job_id
  union all
  select summary ->> 'link', summary ->> 'category', summary #>> '{record,aggregate}', array(select jsonb_array_elements_text(summary -> 'fields')), (summary ->> 'openedAt')::timestamptz,
         closed_at, ${ANSWERED_HERE}
  from received_conflict as told`;

/** Conflicts over time: this instance's own, and those that it was told of. Holds no value. Writes nothing. */
export class ConflictReportRepository {
  constructor(private readonly database: Database) {}

  /** How many were opened and closed by span, link, category, field and who answered, from `since` on; the oldest first. One conflict counts once for each of its fields. */
  async read(span: ReportSpan, since: Date | null = null): Promise<readonly ConflictReportRow[]> {
    return this.database.query<ConflictReportRow>(
      `with told as (${TOLD}),
         event as (select told.*, opened_at as at, 1 as opened, 0 as closed from told union all select told.*, closed_at, 0, 1 from told where closed_at is not null)
       select to_char(date_trunc($1, at at time zone 'UTC'), 'YYYY-MM-DD') as "from", link, category, aggregate, field, "by", sum(opened)::int as opened, sum(closed)::int as closed
       from event cross join unnest(fields) as field where $2::timestamptz is null or at >= $2
       group by 1, link, category, aggregate, field, "by" order by 1, link, category, aggregate, field, "by" nulls first`,
      [span, since],
    );
  }
}
