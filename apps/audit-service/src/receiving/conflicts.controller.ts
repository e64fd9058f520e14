import { Controller, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ConflictReport } from '@sync-hub/contracts';
import { type Answering, bodyAs, demandSigned, openBody, type RawRequest, readOrRefuse, sealBody, signAnswer } from '@sync-hub/runtime';
import { REPORT_SECRETS } from './audit.controller.js';
import type { TakeConflictsService } from './take-conflicts.service.js';

export const TAKES_CONFLICTS = Symbol('TakesConflicts');

interface Ending extends Answering {
  end(body: Buffer): unknown;
}

/** Where other instances tell of their conflicts, and fetch what people here did to them: `POST /conflicts/<instance>`. Bodies are sealed both ways, and signed; nothing of them is said in words. */
@Controller('conflicts')
export class ConflictsController {
  constructor(
    @Inject(REPORT_SECRETS) private readonly secrets: () => ReadonlyMap<string, string>,
    @Inject(TAKES_CONFLICTS) private readonly conflicts: Pick<TakeConflictsService, 'take'>,
  ) {}

  @Post(':instance')
  @HttpCode(200)
  async take(@Param('instance') instance: string, @Req() request: RawRequest, @Res() response: Ending): Promise<void> {
    const secret = this.secrets().get(instance) ?? '';
    const sealed = demandSigned(request, this.secrets().get(instance));
    const report = readOrRefuse(() => bodyAs(ConflictReport, openBody(sealed, secret, 'up')));
    const answer = sealBody(await this.conflicts.take(instance, report), secret, 'down');
    signAnswer(response, request, answer, secret);
    response.setHeader('content-type', 'application/octet-stream');
    response.end(answer);
  }
}
