import { Controller, Get, HttpCode, Inject, NotFoundException, Param, Post, Req, UseFilters } from '@nestjs/common';
import { type AuditDesk, BodyAsked, type KeptBody, type ShownBody } from '@sync-hub/contracts';
import { z } from 'zod';
import { type AskedBy, whoActs } from '../access/caller.js';
import { Needs } from '../access/needs.js';
import { BodiesAnswer, ShownBodyAnswer } from '../api/answers/body-answers.js';
import { Tells } from '../api/tells.js';
import { Name } from '../conflicts/conflict-bodies.js';
import { jsonBody, type RawBody } from '../conflicts/json-body.js';
import { RefusedFilter } from '../conflicts/refused.filter.js';
import { AUDIT_DESK } from './audit.controller.js';

const ShowBody = BodyAsked.extend({ by: Name.optional() });
const BodyId = z.uuid();

/** What was sent to sites and what they answered, where `instance.audit.bodies` has it kept: which there are for the job of a line, and one of them, with a reason, which is itself in the audit. */
@Controller('/api/audit')
@UseFilters(RefusedFilter)
export class AuditBodyController {
  constructor(@Inject(AUDIT_DESK) private readonly desk: AuditDesk) {}

  @Needs('see-bodies')
  @Tells({ does: 'what is kept of what was sent and answered for the job that a line (`own-123`) is about; nothing of what it says', answer: BodiesAnswer })
  @Get('bodies/of/:id')
  async bodies(@Param('id') name: string): Promise<{ readonly bodies: readonly KeptBody[] }> {
    const [, id] = /^own-([1-9]\d{0,17})$/.exec(name) ?? [];
    return { bodies: id === undefined ? [] : await this.desk.bodies(id) };
  }

  @Needs('see-bodies')
  @Tells({ does: 'what was sent and answered; who asks, and why, is in the audit before it is told', body: ShowBody, answer: ShownBodyAnswer })
  @Post('bodies/:id/show')
  @HttpCode(200)
  async show(@Param('id') id: string, @Req() request: RawBody & AskedBy): Promise<ShownBody> {
    const { by, ...asked } = jsonBody(ShowBody, request);
    const who = whoActs(request, by);
    const shown = BodyId.safeParse(id).success ? await this.desk.showBody(id, asked, who) : null;
    if (shown === null) throw new NotFoundException({ error: 'there is no such body any more' });
    return shown;
  }
}
