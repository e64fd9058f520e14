import { ConflictException, Controller, Get, HttpCode, Inject, NotFoundException, Param, Post, Query, Req, UseFilters } from '@nestjs/common';
import type { PolicyRule, PolicyRuleDesk } from '@sync-hub/contracts';
import { z } from 'zod';
import { type AskedBy, whoActs } from '../access/caller.js';
import { Needs } from '../access/needs.js';
import { RuleMadeAnswer, RulesAnswer } from '../api/answers/rule-answers.js';
import { Tells } from '../api/tells.js';
import { type QueryParameters, queryAs } from '../conflicts/filter-of-query.js';
import { invalid, jsonBody, type RawBody } from '../conflicts/json-body.js';
import { RefusedFilter } from '../conflicts/refused.filter.js';
import { ByBody, RuleBody } from './rule-bodies.js';

/** Injection token of what is asked of rules. */
export const POLICY_RULE_DESK = Symbol('PolicyRuleDesk');

const IS_ID = z.uuid();

const Asked = z.strictObject({ revoked: z.enum(['with'], 'is with, or is left out').optional() });

/**
 * Rules that people made of decisions: `GET /api/conflicts/rules[?revoked=with]`, `POST` makes one, `POST …/ID/revoke` ends it. 409 and the rule that is there
 * already where there is one for that field. It stands before the path of one conflict.
 */
@Controller('/api/conflicts/rules')
@UseFilters(RefusedFilter)
export class RuleController {
  constructor(@Inject(POLICY_RULE_DESK) private readonly desk: PolicyRuleDesk) {}

  @Needs('see-conflicts')
  @Tells({ does: 'rules that people made, those in force or all that ever were, the newest first', query: Asked, answer: RulesAnswer })
  @Get()
  async list(@Query() query: QueryParameters): Promise<{ readonly rules: readonly PolicyRule[] }> {
    return { rules: await this.desk.list({ withRevoked: queryAs(Asked, query).revoked === 'with' }) };
  }

  @Needs('make-rules')
  @Tells({
    does: 'makes a rule: always so for this field on this link',
    body: RuleBody,
    answer: RuleMadeAnswer,
    refuses: { 409: 'there is one for that field (`there`, its `id` and `policy`)' },
  })
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
  @Tells({ does: 'ends a rule; what it has decided stays', body: ByBody, answer: null })
  @Post(':id/revoke')
  @HttpCode(204)
  async revoke(@Param('id') id: string, @Req() request: RawBody & AskedBy): Promise<void> {
    const { by } = jsonBody(ByBody, request);
    if (!IS_ID.safeParse(id).success || !(await this.desk.revoke(id, whoActs(request, by))))
      throw new NotFoundException({ error: 'no rule of that id is in force' });
  }
}
