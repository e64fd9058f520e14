import { Controller, Get, Inject, Query, UseFilters } from '@nestjs/common';
import type { ConflictReportRow } from '@sync-hub/contracts';
import { REPORT_SPANS, type ReportSpan } from '@sync-hub/persistence';
import { z } from 'zod';
import { Needs } from '../access/needs.js';
import { ConflictReportAnswer } from '../api/answers/conflict-answers.js';
import { Tells } from '../api/tells.js';
import { type QueryParameters, queryAs } from './filter-of-query.js';
import { RefusedFilter } from './refused.filter.js';

/** Injection token of what counts conflicts over time. */
export const CONFLICT_REPORT = Symbol('ConflictReport');

export interface ReportsConflicts {
  read(span: ReportSpan, since: Date | null): Promise<readonly ConflictReportRow[]>;
}

const Asked = z.strictObject({
  by: z.enum(REPORT_SPANS, `is one of ${REPORT_SPANS.join(', ')}`).default('week'),
  since: z.iso.date('is a day, such as 2026-01-01').optional(),
});

/** Conflicts over time, for the workbench: `GET /api/conflicts/report?by=week|month&since=2026-01-01`. It stands before `:id` where routes are listed. */
@Controller('/api/conflicts/report')
@UseFilters(RefusedFilter)
export class ConflictReportController {
  constructor(@Inject(CONFLICT_REPORT) private readonly reports: ReportsConflicts) {}

  @Needs('see-conflicts')
  @Tells({
    does: 'conflicts that were opened and closed, by week or month, link, category, field and who answered',
    query: Asked,
    answer: ConflictReportAnswer,
  })
  @Get()
  async report(@Query() query: QueryParameters): Promise<{ readonly rows: readonly ConflictReportRow[] }> {
    const { by, since } = queryAs(Asked, query);
    return { rows: await this.reports.read(by, since === undefined ? null : new Date(`${since}T00:00:00Z`)) };
  }
}
