import { ConflictException, Controller, Get, HttpCode, Inject, NotFoundException, Param, Post, Query, Req, UseFilters } from '@nestjs/common';
import { type ConflictAnswered, type ConflictDesk, type ConflictDetail, ConflictFilter, type ConflictList, type ConflictPreview } from '@sync-hub/contracts';
import { type AskedBy, whoActs } from '../access/caller.js';
import { Needs } from '../access/needs.js';
import { ConflictAnsweredAnswer, ConflictDetailAnswer, ConflictListAnswer, ConflictPreviewAnswer } from '../api/answers/conflict-answers.js';
import { Tells } from '../api/tells.js';
import { AnswerBody, AssignBody, DismissBody, NoteBody, PreviewBody } from './conflict-bodies.js';
import { filterOfQuery, type QueryParameters } from './filter-of-query.js';
import { invalid, jsonBody, type RawBody } from './json-body.js';
import { RefusedFilter } from './refused.filter.js';

/** Injection token of what is asked of conflicts. */
export const CONFLICT_DESK = Symbol('ConflictDesk');

const STALE = { 409: 'its record has changed since (`stale`, and the `version` of now), or it is closed (`closed`, `as`)' } as const;
const CLOSED = { 409: 'it is closed (`closed`, `as`)' } as const;

/** What the workbench asks of conflicts. 404 where there is no such conflict, 409 where it has changed since or is closed. */
@Controller('/api/conflicts')
@UseFilters(RefusedFilter)
export class ConflictController {
  constructor(@Inject(CONFLICT_DESK) private readonly desk: ConflictDesk) {}

  @Needs('see-conflicts')
  @Tells({
    does: 'which conflicts there are, those that are not closed where nothing is said; how many, whatever the page',
    query: ConflictFilter,
    answer: ConflictListAnswer,
  })
  @Get()
  list(@Query() query: QueryParameters): Promise<ConflictList> {
    return this.desk.list(filterOfQuery(query));
  }

  @Needs('see-records')
  @Tells({ does: 'all that a person needs to decide one; holds patient data', answer: ConflictDetailAnswer })
  @Get(':id')
  async detail(@Param('id') id: string): Promise<ConflictDetail> {
    const found = await this.desk.find(id);
    if (found === null) throw notFound();
    return found;
  }

  @Needs('see-records')
  @Tells({ does: 'what an answer would write; writes nothing', body: PreviewBody, answer: ConflictPreviewAnswer, refuses: STALE })
  @Post(':id/preview')
  @HttpCode(200)
  async preview(@Param('id') id: string, @Req() request: RawBody & AskedBy): Promise<ConflictPreview> {
    const preview = await this.desk.preview(id, jsonBody(PreviewBody, request));
    return 'kind' in preview ? refuse(preview) : preview;
  }

  @Needs('answer-conflicts')
  @Tells({ does: 'answers one; both ends are looked at again before it is carried out', body: AnswerBody, answer: ConflictAnsweredAnswer, refuses: STALE })
  @Post(':id/answer')
  @HttpCode(202)
  async answer(@Param('id') id: string, @Req() request: RawBody & AskedBy): Promise<{ readonly answerId: string }> {
    const { by, ...answer } = jsonBody(AnswerBody, request);
    const answered = await this.desk.answer(id, answer, whoActs(request, by));
    return answered.kind === 'taken' ? { answerId: answered.answerId } : refuse(answered);
  }

  @Needs('answer-conflicts')
  @Tells({ does: 'gives one to somebody; back, where `owner` is empty', body: AssignBody, answer: null, refuses: CLOSED })
  @Post(':id/assign')
  @HttpCode(204)
  async assign(@Param('id') id: string, @Req() request: RawBody & AskedBy): Promise<void> {
    const { owner, by } = jsonBody(AssignBody, request);
    await this.act(id, () => this.desk.assign(id, owner.trim(), whoActs(request, by)));
  }

  @Needs('answer-conflicts')
  @Tells({ does: 'writes a note beside one', body: NoteBody, answer: null, refuses: CLOSED })
  @Post(':id/note')
  @HttpCode(204)
  async note(@Param('id') id: string, @Req() request: RawBody & AskedBy): Promise<void> {
    const { text, by } = jsonBody(NoteBody, request);
    await this.act(id, () => this.desk.note(id, text, whoActs(request, by)));
  }

  @Needs('answer-conflicts')
  @Tells({ does: 'lets both ends stay as they were seen', body: DismissBody, answer: null, refuses: STALE })
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
