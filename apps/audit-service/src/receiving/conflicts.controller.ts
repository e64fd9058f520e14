import { Controller, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ConflictReport } from '@sync-hub/contracts';
import { answerSealed, type EndingWithBytes, type RawRequest } from '@sync-hub/runtime';
import { REPORT_SECRETS } from './audit.controller.js';
import type { TakeConflictsService } from './take-conflicts.service.js';

export const TAKES_CONFLICTS = Symbol('TakesConflicts');

/** Where other instances tell of their conflicts, and fetch what people here did to them: `POST /conflicts/<instance>`. Bodies are sealed both ways, and signed; nothing of them is said in words. */
@Controller('conflicts')
export class ConflictsController {
  constructor(
    @Inject(REPORT_SECRETS) private readonly secrets: () => ReadonlyMap<string, string>,
    @Inject(TAKES_CONFLICTS) private readonly conflicts: Pick<TakeConflictsService, 'take'>,
  ) {}

  @Post(':instance')
  @HttpCode(200)
  take(@Param('instance') instance: string, @Req() request: RawRequest, @Res() response: EndingWithBytes): Promise<void> {
    return answerSealed({ request, response, secret: this.secrets().get(instance) }, ConflictReport, (report) => this.conflicts.take(instance, report));
  }
}
