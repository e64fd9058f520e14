import { Controller, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import type { SiteId } from '@sync-hub/contracts';
import { demandSigned, type RawRequest, readOrRefuse } from '@sync-hub/runtime';
import type { TakeEventsService } from './take-events.service.js';
import { toldEvents } from './told-events.js';

/** Injection tokens of the listener. */
export const WEBHOOK_SECRETS = Symbol('WebhookSecrets');
export const TAKES_EVENTS = Symbol('TakesEvents');

/** Where sites tell of their changes: `POST /webhooks/<site>`. Answers 202 once what was told is committed; until then the sender must send it again. */
@Controller('webhooks')
export class WebhookController {
  constructor(
    @Inject(WEBHOOK_SECRETS) private readonly secrets: ReadonlyMap<SiteId, string>,
    @Inject(TAKES_EVENTS) private readonly events: Pick<TakeEventsService, 'take'>,
  ) {}

  @Post(':site')
  @HttpCode(202)
  async told(@Param('site') site: string, @Req() request: RawRequest): Promise<{ readonly taken: number }> {
    const body = demandSigned(request, this.secrets.get(site));
    const told = readOrRefuse(() => toldEvents(body));
    await this.events.take(site, told);
    return { taken: told.changes.length };
  }
}
