import { ConflictException, Controller, Get, HttpCode, Inject, NotFoundException, Param, Post, Query, Req, UseFilters } from '@nestjs/common';
import type { ConflictAnswered, ConflictDesk, ConflictDetail, ConflictList, ConflictPreview } from '@sync-hub/contracts';
import { type AskedBy, whoActs } from '../access/caller.js';
import { Needs } from '../access/needs.js';
import { AnswerBody, AssignBody, DismissBody, NoteBody, PreviewBody } from './conflict-bodies.js';
import { filterOfQuery, type QueryParameters } from './filter-of-query.js';
import { invalid, jsonBody, type RawBody } from './json-body.js';
import { RefusedFilter } from './refused.filter.js';

/** Injection token of what is asked of conflicts. */
export const CONFLICT_DESK = Symbol('ConflictDesk');

/** What the workbench asks of conflicts. 404 where there is no such conflict, 409 where it has changed since or is closed. */
@Controller('/api/conflicts')
@UseFilters(RefusedFilter)
export class ConflictController {
  constructor(@Inject(CONFLICT_DESK) private readonly desk: ConflictDesk) {}

  @Needs('see-conflicts')
  @Get()
  list(@Query() query: QueryParameters): Promise<ConflictList> {
    return this.desk.list(filterOfQuery(query));
  }

  @Needs('see-records')
  @Get(':id')
  async detail(@Param('id') id: string): Promise<ConflictDetail> {
    const found = await this.desk.find(id);
    if (found === null) throw notFound();
    return found;
  }

  @Needs('see-records')
  @Post(':id/preview')
  @HttpCode(200)
  async preview(@Param('id') id: string, @Req() request: RawBody & AskedBy): Promise<ConflictPreview> {
    const preview = await this.desk.preview(id, jsonBody(PreviewBody, request));
    return 'kind' in preview ? refuse(preview) : preview;
  }

  @Needs('answer-conflicts')
  @Post(':id/answer')
  @HttpCode(202)
  async answer(@Param('id') id: string, @Req() request: RawBody & AskedBy): Promise<{ readonly answerId: string }> {
    const { by, ...answer } = jsonBody(AnswerBody, request);
    const answered = await this.desk.answer(id, answer, whoActs(request, by));
    return answered.kind === 'taken' ? { answerId: answered.answerId } : refuse(answered);
  }

  @Needs('answer-conflicts')
  @Post(':id/assign')
  @HttpCode(204)
  async assign(@Param('id') id: string, @Req() request: RawBody & AskedBy): Promise<void> {
    const { owner, by } = jsonBody(AssignBody, request);
    await this.act(id, () => this.desk.assign(id, owner.trim(), whoActs(request, by)));
  }

  @Needs('answer-conflicts')
  @Post(':id/note')
  @HttpCode(204)
  async note(@Param('id') id: string, @Req() request: RawBody & AskedBy): Promise<void> {
    const { text, by } = jsonBody(NoteBody, request);
    await this.act(id, () => this.desk.note(id, text, whoActs(request, by)));
  }

  @Needs('answer-conflicts')
  @Post(':id/dismiss')
  @HttpCode(204)
  async dismiss(@Param('id') id: string, @Req() request: RawBody & AskedBy): Promise<void> {
    const { by, ...dismissal } = jsonBody(DismissBody, request);
    if (await this.desk.dismiss(id, dismissal, whoActs(request, by))) return;
    const { conflict } = await this.detail(id);
    const isOpen = conflict.state === 'open' || conflict.state === 'assigned';
    throw new ConflictException(isOpen ? { error: 'stale', version: conflict.version } : { error: 'closed', as: conflict.state });
  }

  /** What the desk does not do to a conflict that is there, it does not because it is closed. */
  private async act(id: string, does: () => Promise<boolean>): Promise<void> {
    if (await does()) return;
    const { conflict } = await this.detail(id);
    throw new ConflictException({ error: 'closed', as: conflict.state });
  }
}

const notFound = (): NotFoundException => new NotFoundException({ error: 'there is no such conflict' });

function refuse(answered: Exclude<ConflictAnswered, { kind: 'taken' }>): never {
  switch (answered.kind) {
    case 'stale':
      throw new ConflictException({ error: 'stale', version: answered.version });
    case 'closed':
      if (answered.as === 'not-there') throw notFound();
      throw new ConflictException({ error: 'closed', as: answered.as });
    case 'invalid':
      throw invalid(answered.problems);
  }
}
