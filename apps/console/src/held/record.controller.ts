import { Controller, HttpCode, Inject, NotFoundException, Post, Req, UseFilters } from '@nestjs/common';
import { type FoundRecord, RecordAsked, type RecordDesk, RecordSearch, type RecordTimeline } from '@sync-hub/contracts';
import { Needs } from '../access/needs.js';
import { FoundRecordsAnswer, RecordTimelineAnswer } from '../api/answers/record-answers.js';
import { Tells } from '../api/tells.js';
import { jsonBody, type RawBody } from '../conflicts/json-body.js';
import { RefusedFilter } from '../conflicts/refused.filter.js';

/** Injection token of what is asked of one record. */
export const RECORD_DESK = Symbol('RecordDesk');

/**
 * One record: `POST /api/records/search` finds it by a uuid, an identifier or a name, `POST /api/records/timeline` tells where it is now and all that was said of it. Whom somebody looks for comes in
 * a body, so that it stands in no address, log or history. 404 where nothing was ever said of that uuid.
 */
@Controller('/api/records')
@UseFilters(RefusedFilter)
export class RecordController {
  constructor(@Inject(RECORD_DESK) private readonly desk: RecordDesk) {}

  @Needs('find-records')
  @Tells({ does: 'finds records by a uuid, an identifier or a name', body: RecordSearch, answer: FoundRecordsAnswer })
  @Post('search')
  @HttpCode(200)
  async search(@Req() request: RawBody): Promise<{ readonly found: readonly FoundRecord[] }> {
    const { text } = jsonBody(RecordSearch, request);
    return { found: await this.desk.search(text) };
  }

  @Needs('see-conflicts')
  @Tells({
    does: 'where a record is now, and all that was said of it',
    body: RecordAsked,
    answer: RecordTimelineAnswer,
    refuses: { 404: 'nothing was ever said of that record' },
  })
  @Post('timeline')
  @HttpCode(200)
  async timeline(@Req() request: RawBody): Promise<RecordTimeline> {
    const found = await this.desk.timeline(jsonBody(RecordAsked, request));
    if (found === null) throw new NotFoundException({ error: 'nothing was ever said of that record' });
    return found;
  }
}
