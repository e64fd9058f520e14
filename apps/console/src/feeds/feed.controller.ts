import { Controller, Get, HttpCode, Inject, NotFoundException, Post, Req, UseFilters } from '@nestjs/common';
import { type FeedDesk, FeedRewind, type FollowedFeed } from '@sync-hub/contracts';
import { type AskedBy, whoActs } from '../access/caller.js';
import { Needs } from '../access/needs.js';
import { FeedsAnswer, RewoundAnswer } from '../api/answers/feed-answers.js';
import { Tells } from '../api/tells.js';
import { Name } from '../conflicts/conflict-bodies.js';
import { jsonBody, type RawBody } from '../conflicts/json-body.js';
import { RefusedFilter } from '../conflicts/refused.filter.js';

export const FEED_DESK = Symbol('FEED_DESK');

const RewindBody = FeedRewind.extend({ by: Name.optional() });

/** Feeds: `GET /api/feeds` tells how far each has been read, `POST …/rewind` has one (`site`, `category`), or all of a site, read from its start again. 404 where the site has no such feed. */
@Controller('/api/feeds')
@UseFilters(RefusedFilter)
export class FeedController {
  constructor(@Inject(FEED_DESK) private readonly desk: FeedDesk) {}

  @Needs('see-overview')
  @Tells({ does: 'how far each feed has been read, by site and category', answer: FeedsAnswer })
  @Get()
  async list(): Promise<{ readonly feeds: readonly FollowedFeed[] }> {
    return { feeds: await this.desk.list() };
  }

  @Needs('drive-work')
  @Tells({
    does: 'has a feed, or all of a site, read from its start again',
    body: RewindBody,
    answer: RewoundAnswer,
    refuses: { 404: 'no such feed is followed' },
  })
  @Post('rewind')
  @HttpCode(202)
  async rewind(@Req() request: RawBody & AskedBy): Promise<{ readonly rewound: readonly string[] }> {
    const { by, ...asked } = jsonBody(RewindBody, request);
    const rewound = await this.desk.rewind(asked, whoActs(request, by));
    if (rewound.length === 0) throw new NotFoundException({ error: 'no such feed is followed' });
    return { rewound };
  }
}
