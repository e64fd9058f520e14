import { ConflictException, Controller, Get, HttpCode, Inject, NotFoundException, Param, Post, Query, Req, UseFilters } from '@nestjs/common';
import type { PolicyRule, PolicyRuleDesk } from '@sync-hub/contracts';
import { z } from 'zod';
import { type AskedBy, whoActs } from '../access/caller.js';
import { Needs } from '../access/needs.js';
import { invalid, jsonBody, type RawBody } from '../conflicts/json-body.js';
import { RefusedFilter } from '../conflicts/refused.filter.js';
import { ByBody, RuleBody } from './rule-bodies.js';

/** Injection token of what is asked of rules. */
export const POLICY_RULE_DESK = Symbol('PolicyRuleDesk');

const IS_ID = z.uuid();

/**
 * Rules that people made of decisions: `GET /api/conflicts/rules[?revoked=with]`, `POST` makes one, `POST …/ID/revoke` ends it. 409 and the rule that is there
 * already where there is one for that field. It stands before the path of one conflict.
 */
@Controller('/api/conflicts/rules')
@UseFilters(RefusedFilter)
export class RuleController {
  constructor(@Inject(POLICY_RULE_DESK) private readonly desk: PolicyRuleDesk) {}

  @Needs('see-conflicts')
  @Get()
  async list(@Query() query: Readonly<Record<string, unknown>>): Promise<{ readonly rules: readonly PolicyRule[] }> {
    return { rules: await this.desk.list({ withRevoked: query['revoked'] === 'with' }) };
  }

  @Needs('make-rules')
  @Post()
  @HttpCode(201)
  async add(@Req() request: RawBody & AskedBy): Promise<{ readonly id: string }> {
    const { by, ...rule } = jsonBody(RuleBody, request);
    const added = await this.desk.add(rule, whoActs(request, by));
    switch (added.kind) {
      case 'added':
        return { id: added.id };
      case 'there':
        throw new ConflictException({ error: 'there', id: added.id, policy: added.policy });
      case 'invalid':
        throw invalid([{ path: 'rule', problem: added.problem }]);
    }
  }

  @Needs('make-rules')
  @Post(':id/revoke')
  @HttpCode(204)
  async revoke(@Param('id') id: string, @Req() request: RawBody & AskedBy): Promise<void> {
    const { by } = jsonBody(ByBody, request);
    if (!IS_ID.safeParse(id).success || !(await this.desk.revoke(id, whoActs(request, by))))
      throw new NotFoundException({ error: 'no rule of that id is in force' });
  }
}
