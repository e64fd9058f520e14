import { Controller, Get, Inject, Query, UseFilters } from '@nestjs/common';
import type { ConflictReportRow } from '@sync-hub/contracts';
import { REPORT_SPANS, type ReportSpan } from '@sync-hub/persistence';
import { z } from 'zod';
import { Needs } from '../access/needs.js';
import { invalid } from './json-body.js';
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
  @Get()
  async report(@Query() query: Readonly<Record<string, unknown>>): Promise<{ readonly rows: readonly ConflictReportRow[] }> {
    const asked = Asked.safeParse(query);
    if (!asked.success) throw invalid(asked.error.issues.map(({ path, message }) => ({ path: path.join('.') || 'query', problem: message })));
    const { by, since } = asked.data;
    return { rows: await this.reports.read(by, since === undefined ? null : new Date(`${since}T00:00:00Z`)) };
  }
}
