import { Injectable } from '@nestjs/common';
import type { AuditAnswer, AuditReport } from '@sync-hub/contracts';
import { ReceivedAuditRepository } from '@sync-hub/persistence';
import { Hub } from '@sync-hub/runtime';
import { readRows } from './read-rows.js';

/** Takes the audit rows of another instance: once this returns they are committed, each once, under where they are from. */
@Injectable()
export class TakeReportService {
  constructor(
    private readonly hub: Hub,
    private readonly received: ReceivedAuditRepository,
  ) {}

  async take(instance: string, report: AuditReport): Promise<AuditAnswer> {
    const { rows, refused } = readRows(report.rows);
    const waiting = { ...report.waiting, notTaken: report.waiting.notTaken + refused.length };
    const answer = await this.received.take(instance, rows, waiting);
    const all = { taken: answer.taken, refused: [...refused, ...answer.refused] };
    const fields = { source: instance, count: all.taken.length };
    if (all.refused.length === 0) this.hub.parts.log.debug('audit-received', fields);
    else this.hub.parts.log.warn('audit-rows-refused', { ...fields, count: all.refused.length, fields: [...new Set(all.refused.map(({ path }) => path))] });
    return all;
  }
}
