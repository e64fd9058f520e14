import { ConflictException, Controller, HttpCode, Inject, NotFoundException, Post, Query, Req, UseFilters } from '@nestjs/common';
import { choicesOfMerged } from '@sync-hub/conflicts';
import type { ConflictAnswered, ConflictDesk } from '@sync-hub/contracts';
import { z } from 'zod';
import { type AskedBy, whoActs } from '../access/caller.js';
import { Needs } from '../access/needs.js';
import { Sync2ResolvedAnswer } from '../api/answers/sync2-answers.js';
import { Tells } from '../api/tells.js';
import { CONFLICT_DESK } from './conflict.controller.js';
import { invalid, jsonBody, type RawBody } from './json-body.js';
import { Sync2Filter } from './sync2.filter.js';

/** The parameters of Sync 2.0, and `version`, which it did not have: of the conflict as it was looked at. */
const Parameters = z.looseObject({
  conflictUuid: z.string('is the id of a conflict').max(100),
  auditBackPage: z.string().max(500).default('conflicts'),
  backPageIndex: z
    .string()
    .regex(/^\d{0,6}$/, 'is the number of a page')
    .default(''),
  version: z
    .string()
    .regex(/^[1-9]\d{0,8}$/, 'is the version that was looked at')
    .optional(),
});

/** The record as webservices.rest tells it in full; what is read of it is looked at where its kind is known. */
const Merged = z.unknown();

/** Who acts, where the console's own token was sent: whom the client knows, it knows by their session, which is none of ours. */
const BY = 'Sync 2.0';

/**
 * Sync 2.0's own way to resolve a conflict, for clients that have it (openmrs-module-sync2 1.4, `conflict/resolve`): the merged record as webservices.rest tells one in full. It is an answer like any other: what it chooses is
 * given to the desk, and nothing is written without another look at both ends. 202 with where to go back to; 400 what cannot be read, 404, 409 what is stale or closed; 500 and `{}` else.
 */
@Controller('/ws/rest/sync2/conflict')
@UseFilters(Sync2Filter)
export class Sync2Controller {
  constructor(@Inject(CONFLICT_DESK) private readonly desk: ConflictDesk) {}

  @Needs('answer-conflicts', { basic: true })
  @Tells({
    does: 'answers a conflict by the merged record, as clients of Sync 2.0 do; both ends are looked at again before it is carried out',
    query: Parameters,
    body: Merged,
    answer: Sync2ResolvedAnswer,
    refuses: {
      404: 'there is no such conflict',
      409: 'its record has changed since (`stale`), or it is closed',
      500: 'it failed, as Sync 2.0 said it: without a word (`{}`)',
    },
  })
  @Post('resolve')
  @HttpCode(202)
  async resolve(@Query() query: Readonly<Record<string, unknown>>, @Req() request: RawBody & AskedBy): Promise<{ readonly url: string }> {
    const { conflictUuid, auditBackPage, backPageIndex, version } = parametersIn(query);
    const merged = jsonBody(Merged, request);
    const detail = await this.desk.find(conflictUuid);
    if (detail === null) throw new NotFoundException({ error: 'there is no such conflict' });
    const { conflict } = detail;
    if (version !== undefined && Number(version) !== conflict.version) throw stale(conflict.version);
    const read = choicesOfMerged(detail, merged);
    if (read.kind === 'stale') throw stale(conflict.version);
    if (read.kind === 'invalid') throw invalid(read.problems);
    const answered = await this.desk.answer(
      conflictUuid,
      { version: conflict.version, choices: [...read.choices], unlessAnswered: true },
      whoActs(request, BY),
    );
    if (answered.kind !== 'taken') throw refusalOf(answered);
    return { url: `${auditBackPage}?messageUuid=${encodeURIComponent(conflictUuid)}&backPageIndex=${backPageIndex}` };
  }
}

function parametersIn(query: Readonly<Record<string, unknown>>): z.infer<typeof Parameters> {
  const read = Parameters.safeParse(query);
  if (read.success) return read.data;
  throw invalid(read.error.issues.map(({ path, message }) => ({ path: path.join('.'), problem: message })));
}

const stale = (version: number): ConflictException => new ConflictException({ error: 'stale', version });

function refusalOf(answered: Exclude<ConflictAnswered, { kind: 'taken' }>) {
  switch (answered.kind) {
    case 'stale':
      return stale(answered.version);
    case 'closed':
      return new ConflictException({ error: 'closed', as: answered.as });
    case 'invalid':
      return invalid(answered.problems);
  }
}
