import { Controller, Header, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { AuditReport } from '@sync-hub/contracts';
import { type Answering, bodyAs, demandSigned, type RawRequest, readOrRefuse, signAnswer } from '@sync-hub/runtime';
import type { TakeReportService } from './take-report.service.js';

/** Injection tokens of the listener. */
export const REPORT_SECRETS = Symbol('ReportSecrets');
export const TAKES_REPORTS = Symbol('TakesReports');

/** Where other instances ship their audit to: `POST /audit/<instance>`. Answers once what is taken is committed, and signs the answer; until it has one the sender must send the rows again. */
@Controller('audit')
export class AuditController {
  constructor(
    @Inject(REPORT_SECRETS) private readonly secrets: () => ReadonlyMap<string, string>,
    @Inject(TAKES_REPORTS) private readonly reports: Pick<TakeReportService, 'take'>,
  ) {}

  @Post(':instance')
  @HttpCode(200)
  @Header('content-type', 'application/json; charset=utf-8')
  async take(@Param('instance') instance: string, @Req() request: RawRequest, @Res({ passthrough: true }) response: Answering): Promise<string> {
    const secret = this.secrets().get(instance);
    const body = demandSigned(request, secret);
    const report = readOrRefuse(() => bodyAs(AuditReport, body));
    const answer = JSON.stringify(await this.reports.take(instance, report));
    signAnswer(response, request, Buffer.from(answer), secret ?? '');
    return answer;
  }
}
