import { Controller, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { WorkReport } from '@sync-hub/contracts';
import { answerSealed, type EndingWithBytes, type RawRequest } from '@sync-hub/runtime';
import { REPORT_SECRETS } from './audit.controller.js';
import type { TakeWorkService } from './take-work.service.js';

export const TAKES_WORK = Symbol('TakesWork');

/** Where other instances tell how their work stands, and fetch what people here did to what is held there: `POST /standing/<instance>`. Bodies are sealed both ways, and signed. */
@Controller('standing')
export class WorkController {
  constructor(
    @Inject(REPORT_SECRETS) private readonly secrets: () => ReadonlyMap<string, string>,
    @Inject(TAKES_WORK) private readonly work: Pick<TakeWorkService, 'take'>,
  ) {}

  @Post(':instance')
  @HttpCode(200)
  take(@Param('instance') instance: string, @Req() request: RawRequest, @Res() response: EndingWithBytes): Promise<void> {
    return answerSealed({ request, response, secret: this.secrets().get(instance) }, WorkReport, (report) => this.work.take(instance, report));
  }
}
