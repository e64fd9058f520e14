import { ConflictException, Controller, Get, HttpCode, HttpException, NotFoundException, Param, Post, Req, UseFilters } from '@nestjs/common';
import type { BulkRun } from '@sync-hub/contracts';
import { type AskedBy, whoActs } from '../access/caller.js';
import { Needs } from '../access/needs.js';
import { BulkRunAnswer, BulkRunsAnswer } from '../api/answers/rule-answers.js';
import { Tells } from '../api/tells.js';
import { jsonBody, type RawBody } from '../conflicts/json-body.js';
import { RefusedFilter } from '../conflicts/refused.filter.js';
import { BulkRuns } from './bulk-runs.js';
import { ByBody, PlanBody, StopBody } from './rule-bodies.js';

/**
 * Answering many conflicts by one policy: `POST /api/conflicts/bulk` plans and writes nothing, `GET` names those that are being carried out, `GET …/ID` tells how far it is, `POST …/ID/apply` carries out a plan that is done, once, as a run of its own,
 * `POST …/ID/stop` ends either. 404 for a run that this process does not know, 409 for a plan that cannot be carried out, 429 where too many are running.
 */
@Controller('/api/conflicts/bulk')
@UseFilters(RefusedFilter)
export class BulkController {
  constructor(private readonly runs: BulkRuns) {}

  @Needs('answer-conflicts')
  @Tells({
    does: 'looks at what a policy would answer, to be carried out by its id',
    body: PlanBody,
    answer: BulkRunAnswer,
    refuses: { 429: 'too many are running' },
  })
  @Post()
  @HttpCode(202)
  plan(@Req() request: RawBody & AskedBy): BulkRun {
    const run = this.runs.plan(jsonBody(PlanBody, request));
    if (run === null) throw busy();
    return run;
  }

  @Needs('see-conflicts')
  @Tells({ does: 'what is being carried out, whoever began it', answer: BulkRunsAnswer })
  @Get()
  answering(): { readonly runs: readonly BulkRun[] } {
    return { runs: this.runs.answering() };
  }

  @Needs('see-conflicts')
  @Tells({ does: 'how far one is, and what it came to', answer: BulkRunAnswer })
  @Get(':id')
  find(@Param('id') id: string): BulkRun {
    return known(this.runs.find(id));
  }

  @Needs('answer-conflicts')
  @Tells({
    does: 'carries out a plan that is done, once, as a run of its own',
    body: ByBody,
    answer: BulkRunAnswer,
    refuses: { 409: 'that plan is not done, or was carried out (`not-planned`)' },
  })
  @Post(':id/apply')
  @HttpCode(202)
  apply(@Param('id') id: string, @Req() request: RawBody & AskedBy): BulkRun {
    const { by } = jsonBody(ByBody, request);
    known(this.runs.find(id));
    const run = this.runs.answer(id, whoActs(request, by));
    if (run === null) throw new ConflictException({ error: 'not-planned' });
    return run;
  }

  @Needs('answer-conflicts')
  @Tells({ does: 'ends one; what it has answered stays answered', body: StopBody, answer: BulkRunAnswer })
  @Post(':id/stop')
  @HttpCode(202)
  stop(@Param('id') id: string, @Req() request: RawBody & AskedBy): BulkRun {
    jsonBody(StopBody, request);
    return known(this.runs.stop(id));
  }
}

function known(run: BulkRun | null): BulkRun {
  if (run === null) throw new NotFoundException({ error: 'there is no such run here' });
  return run;
}

const busy = (): HttpException => new HttpException({ error: 'busy' }, 429);
