import { ConflictException, Controller, Get, HttpCode, HttpException, Inject, NotFoundException, Param, Post, Query, Req, UseFilters } from '@nestjs/common';
import {
  type HeldAct,
  type HeldDeed,
  type HeldDesk,
  type HeldDetail,
  HeldFilter,
  type HeldList,
  HeldPage,
  type HeldRecord,
  type HeldRun,
  type HeldWhyNow,
} from '@sync-hub/contracts';
import type { z } from 'zod';
import { type AskedBy, whoActs } from '../access/caller.js';
import { Needs } from '../access/needs.js';
import {
  DoneOrAskedAnswer,
  HeldDetailAnswer,
  HeldListAnswer,
  HeldRecordsAnswer,
  HeldRunAnswer,
  HeldRunsAnswer,
  HeldWhyNowAnswer,
} from '../api/answers/held-answers.js';
import { Tells } from '../api/tells.js';
import { NUMBERS, type QueryParameters, queryAs } from '../conflicts/filter-of-query.js';
import { jsonBody, type RawBody } from '../conflicts/json-body.js';
import { RefusedFilter } from '../conflicts/refused.filter.js';
import { NothingBody, ReasonBody, RedriveBody } from './held-bodies.js';
import { HELD_DESK, HeldRuns } from './held-runs.js';

const NOT_NOW = { 409: 'it is moving, its conflict must be answered first, or its instance takes no acts from here' } as const;
const NOT_PLANNED = { 409: 'that look is not done, or was acted on' } as const;

/**
 * What is held, and is no conflict: `GET /api/parked` by cause, `GET …/records` one by one, `POST …/records/ID/why` says what would come of it now and writes nothing, `POST …/records/ID/redrive`,
 * `discard` and `park` act on one. `POST …/runs` looks at all that fit a filter, `POST …/runs/ID/redrive`, `discard` and `park` act on what that look found, once, `GET …/runs/ID` tells how far it is,
 * `POST …/runs/ID/stop` ends it. Of what is held at another instance an act is kept until that fetches it (`asked`). 404 where nothing of that id is held, 409 where it is moving, in conflict, or not planned, 429 where too many are running.
 */
@Controller('/api/parked')
@UseFilters(RefusedFilter)
export class HeldController {
  constructor(
    @Inject(HELD_DESK) private readonly desk: HeldDesk,
    private readonly runs: HeldRuns,
  ) {}

  @Needs('see-overview')
  @Tells({ does: 'what is held, by cause, the largest first', query: HeldFilter, answer: HeldListAnswer })
  @Get()
  list(@Query() query: QueryParameters): Promise<HeldList> {
    return this.desk.list(queryAs(HeldFilter, query));
  }

  @Needs('see-overview')
  @Tells({ does: 'what is held, one by one, the longest first', query: HeldPage, answer: HeldRecordsAnswer })
  @Get('records')
  async records(@Query() query: QueryParameters): Promise<{ readonly records: readonly HeldRecord[] }> {
    return { records: await this.desk.records(queryAs(HeldPage, query, NUMBERS)) };
  }

  @Needs('see-overview')
  @Tells({ does: 'one that is held, and what people did to it', answer: HeldDetailAnswer })
  @Get('records/:id')
  async detail(@Param('id') id: string): Promise<HeldDetail> {
    return known(await this.desk.find(id));
  }

  @Needs('drive-work')
  @Tells({ does: 'reads both ends now, writes at neither, and says what would come of it', body: NothingBody, answer: HeldWhyNowAnswer })
  @Post('records/:id/why')
  @HttpCode(200)
  async why(@Param('id') id: string, @Req() request: Asking): Promise<HeldWhyNow> {
    jsonBody(NothingBody, request);
    return known(await this.desk.why(id));
  }

  @Needs('drive-work')
  @Tells({ does: 'has one tried again', body: RedriveBody, answer: DoneOrAskedAnswer, refuses: NOT_NOW })
  @Post('records/:id/redrive')
  @HttpCode(202)
  redrive(@Param('id') id: string, @Req() request: Asking): Promise<DoneOrAsked> {
    return this.act(id, deedOf('redriven', request));
  }

  @Needs('drive-work')
  @Tells({ does: 'gives one up', body: ReasonBody, answer: DoneOrAskedAnswer, refuses: NOT_NOW })
  @Post('records/:id/discard')
  @HttpCode(202)
  discard(@Param('id') id: string, @Req() request: Asking): Promise<DoneOrAsked> {
    return this.act(id, deedOf('discarded', request));
  }

  @Needs('drive-work')
  @Tells({ does: 'lays one aside', body: ReasonBody, answer: DoneOrAskedAnswer, refuses: NOT_NOW })
  @Post('records/:id/park')
  @HttpCode(202)
  park(@Param('id') id: string, @Req() request: Asking): Promise<DoneOrAsked> {
    return this.act(id, deedOf('parked', request));
  }

  @Needs('drive-work')
  @Tells({ does: 'looks at all that fits, to be acted on by its id', body: HeldFilter, answer: HeldRunAnswer, refuses: { 429: 'too many are running' } })
  @Post('runs')
  @HttpCode(202)
  plan(@Req() request: Asking): HeldRun {
    const run = this.runs.plan(jsonBody(HeldFilter, request));
    if (run === null) throw new HttpException({ error: 'busy' }, 429);
    return run;
  }

  @Needs('see-overview')
  @Tells({ does: 'what is under way', answer: HeldRunsAnswer })
  @Get('runs')
  underWay(): { readonly runs: readonly HeldRun[] } {
    return { runs: this.runs.underWay() };
  }

  @Needs('see-overview')
  @Tells({ does: 'how far one is, and what it came to', answer: HeldRunAnswer })
  @Get('runs/:id')
  run(@Param('id') id: string): HeldRun {
    return known(this.runs.find(id));
  }

  @Needs('drive-work')
  @Tells({ does: 'ends one', body: NothingBody, answer: HeldRunAnswer })
  @Post('runs/:id/stop')
  @HttpCode(202)
  stop(@Param('id') id: string, @Req() request: Asking): HeldRun {
    jsonBody(NothingBody, request);
    return known(this.runs.stop(id));
  }

  @Needs('drive-work')
  @Tells({ does: 'has all that a look found tried again', body: RedriveBody, answer: HeldRunAnswer, refuses: NOT_PLANNED })
  @Post('runs/:id/redrive')
  @HttpCode(202)
  redriveAll(@Param('id') id: string, @Req() request: Asking): HeldRun {
    return this.carryOut(id, deedOf('redriven', request));
  }

  @Needs('drive-work')
  @Tells({ does: 'gives up all that a look found', body: ReasonBody, answer: HeldRunAnswer, refuses: NOT_PLANNED })
  @Post('runs/:id/discard')
  @HttpCode(202)
  discardAll(@Param('id') id: string, @Req() request: Asking): HeldRun {
    return this.carryOut(id, deedOf('discarded', request));
  }

  @Needs('drive-work')
  @Tells({ does: 'lays aside all that a look found', body: ReasonBody, answer: HeldRunAnswer, refuses: NOT_PLANNED })
  @Post('runs/:id/park')
  @HttpCode(202)
  parkAll(@Param('id') id: string, @Req() request: Asking): HeldRun {
    return this.carryOut(id, deedOf('parked', request));
  }

  private async act(id: string, deed: HeldDeed): Promise<DoneOrAsked> {
    const outcome = await this.desk.act(id, deed);
    if (outcome === 'gone') throw notThere();
    if (outcome === 'asked') return { asked: true };
    if (outcome !== 'done') throw new ConflictException({ error: outcome });
    return {};
  }

  private carryOut(id: string, deed: HeldDeed): HeldRun {
    known(this.runs.find(id));
    const run = this.runs.act(id, deed);
    if (run === null) throw new ConflictException({ error: 'not-planned' });
    return run;
  }
}

type Asking = RawBody & AskedBy;

type DoneOrAsked = z.infer<typeof DoneOrAskedAnswer>;

const notThere = (): NotFoundException => new NotFoundException({ error: 'nothing of that id is held' });

function known<Found>(found: Found | null): Found {
  if (found === null) throw notThere();
  return found;
}

function deedOf(what: HeldAct, request: Asking): HeldDeed {
  const body: z.ZodType<{ by?: string | undefined; reason?: string | undefined }> = what === 'redriven' ? RedriveBody : ReasonBody;
  const { by, reason } = jsonBody(body, request);
  return { what, by: whoActs(request, by), ...(reason === undefined ? {} : { reason: reason.trim() }) };
}
