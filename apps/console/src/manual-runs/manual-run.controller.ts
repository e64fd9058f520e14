import { ConflictException, Controller, Get, HttpCode, Inject, NotFoundException, Param, Post, Query, Req, UseFilters } from '@nestjs/common';
import {
  type ManualRun,
  type ManualRunChoice,
  type ManualRunDesk,
  type ManualRunRecord,
  ManualRunRecordsAsked,
  type ManualRunRefused,
  ManualRunWish,
} from '@sync-hub/contracts';
import { z } from 'zod';
import { type AskedBy, whoActs } from '../access/caller.js';
import { Needs } from '../access/needs.js';
import { ManualRunAnswer, ManualRunBegunAnswer, ManualRunChoicesAnswer, ManualRunRecordsAnswer, ManualRunsAnswer } from '../api/answers/run-answers.js';
import { Tells } from '../api/tells.js';
import { Name } from '../conflicts/conflict-bodies.js';
import { NUMBERS, type QueryParameters, queryAs } from '../conflicts/filter-of-query.js';
import { invalid, jsonBody, type RawBody } from '../conflicts/json-body.js';
import { RefusedFilter } from '../conflicts/refused.filter.js';

export const MANUAL_RUN_DESK = Symbol('MANUAL_RUN_DESK');

const SHOWN = 50;
const BeginBody = ManualRunWish.extend({ by: Name.optional() });
const CancelBody = z.strictObject({ by: Name.optional() });
const RunId = z.uuid();

/**
 * Routes that are looked through by hand: `POST /api/runs` begins one (`link`, `direction`, `scope`; with `dry` it only says what would come of it), `GET` lists the last ones, `GET …/choices` says what there is to begin, `GET …/ID` tells how one stands, by category, `GET …/ID/records` lists its records (of a `category`, that came to it `as`), and `POST …/ID/cancel` calls it off. 409 with the id of the other run where one
 * of that route is under way, where the configuration does not let it be, and where it is over; 404 for a run that is not known.
 */
@Controller('/api/runs')
@UseFilters(RefusedFilter)
export class ManualRunController {
  constructor(@Inject(MANUAL_RUN_DESK) private readonly desk: ManualRunDesk) {}

  @Needs('see-overview')
  @Tells({ does: 'the last runs by hand, the newest first', answer: ManualRunsAnswer })
  @Get()
  async list(): Promise<{ readonly runs: readonly ManualRun[] }> {
    return { runs: await this.desk.list(SHOWN) };
  }

  @Needs('see-overview')
  @Tells({ does: 'the routes that may be looked through by hand', answer: ManualRunChoicesAnswer })
  @Get('choices')
  async choices(): Promise<{ readonly choices: readonly ManualRunChoice[] }> {
    return { choices: await this.desk.choices() };
  }

  @Needs('drive-work')
  @Tells({
    does: 'begins a run; who asks with a token of their own is who begins it',
    body: BeginBody,
    answer: ManualRunBegunAnswer,
    refuses: { 409: 'one of that route is under way (`running`), or the configuration does not let it be' },
  })
  @Post()
  @HttpCode(202)
  async begin(@Req() request: RawBody & AskedBy): Promise<{ readonly id: string; readonly said: readonly string[] }> {
    const { by, ...wish } = jsonBody(BeginBody, request);
    const done = await this.desk.begin(wish, whoActs(request, by));
    if ('refused' in done) throw refusal(done);
    return { id: done.begun, said: done.said };
  }

  @Needs('see-overview')
  @Tells({ does: 'one run as it stands, by category', answer: ManualRunAnswer })
  @Get(':id')
  async find(@Param('id') id: string): Promise<ManualRun> {
    const run = RunId.safeParse(id).success ? await this.desk.find(id) : null;
    if (run === null) throw new NotFoundException({ error: 'there is no such run' });
    return run;
  }

  @Needs('see-overview')
  @Tells({ does: 'records of a run, in the order in which they are looked at', query: ManualRunRecordsAsked, answer: ManualRunRecordsAnswer })
  @Get(':id/records')
  async records(@Param('id') id: string, @Query() query: QueryParameters): Promise<{ readonly records: readonly ManualRunRecord[] }> {
    await this.find(id);
    return { records: await this.desk.records(id, queryAs(ManualRunRecordsAsked, query, NUMBERS)) };
  }

  @Needs('drive-work')
  @Tells({ does: 'calls a run off', body: CancelBody, answer: ManualRunAnswer, refuses: { 409: 'it is over' } })
  @Post(':id/cancel')
  @HttpCode(202)
  async cancel(@Param('id') id: string, @Req() request: RawBody & AskedBy): Promise<ManualRun> {
    const { by } = jsonBody(CancelBody, request);
    const who = whoActs(request, by);
    await this.find(id);
    if (!(await this.desk.cancel(id, who))) throw new ConflictException({ error: 'over' });
    return this.find(id);
  }
}

function refusal({ refused, said, running }: ManualRunRefused): Error {
  const body = { error: refused, said, ...(running === undefined ? {} : { running }) };
  switch (refused) {
    case 'already-running':
    case 'switched-off':
    case 'class-off':
      return new ConflictException(body);
    case 'no-such-link':
      return invalid([{ path: 'link', problem: said }]);
    case 'no-such-category':
      return invalid([{ path: 'scope.category', problem: said }]);
  }
}
