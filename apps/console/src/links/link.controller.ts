import { ConflictException, Controller, Get, HttpCode, Inject, NotFoundException, Param, Post, Req, UseFilters } from '@nestjs/common';
import { type LinkAct, type LinkActTold, LinkDeed, type LinkDesk } from '@sync-hub/contracts';
import type { z } from 'zod';
import { type AskedBy, whoActs } from '../access/caller.js';
import { Needs } from '../access/needs.js';
import { LinkHistoryAnswer } from '../api/answers/board-answers.js';
import { Tells } from '../api/tells.js';
import { Name, WhyStopped } from '../conflicts/conflict-bodies.js';
import { jsonBody, type RawBody } from '../conflicts/json-body.js';
import { RefusedFilter } from '../conflicts/refused.filter.js';

export const LINK_DESK = Symbol('LINK_DESK');

const ActBody = LinkDeed.extend({ by: Name });

/** Whoever stops something says why. */
const StopBody = ActBody.extend({ reason: WhyStopped('says why, for whoever finds it stopped') });

const AS_IT_IS = { 404: 'no such link is run here', 409: 'it stands so already (`as-it-is`)' } as const;

type Request = RawBody & AskedBy;

/**
 * Links: `GET /api/links/:link` tells what people did to one. `POST …/pause`, `…/drain` and `…/resume` stop it, or one `direction` of it, and let it go on;
 * `…/release` its brake. Whoever stops one says why (`reason`). 404 where it is not run here, 409 where it stands so already.
 */
@Controller('/api/links')
@UseFilters(RefusedFilter)
export class LinkController {
  constructor(@Inject(LINK_DESK) private readonly desk: LinkDesk) {}

  @Needs('see-overview')
  @Tells({ does: 'what people did to a link, the newest first', answer: LinkHistoryAnswer, refuses: { 404: 'no such link is run here' } })
  @Get(':link')
  async history(@Param('link') link: string): Promise<{ readonly acts: readonly LinkActTold[] }> {
    const acts = await this.desk.history(link);
    if (acts === null) throw noSuchLink();
    return { acts };
  }

  @Needs('drive-work')
  @Tells({ does: 'stops a link, or one direction of it', body: StopBody, answer: null, refuses: AS_IT_IS })
  @Post(':link/pause')
  @HttpCode(204)
  pause(@Param('link') link: string, @Req() request: Request): Promise<void> {
    return this.act(link, 'pause', request);
  }

  @Needs('drive-work')
  @Tells({ does: 'lets it run dry: what was noticed before is written, and nothing else', body: StopBody, answer: null, refuses: AS_IT_IS })
  @Post(':link/drain')
  @HttpCode(204)
  drain(@Param('link') link: string, @Req() request: Request): Promise<void> {
    return this.act(link, 'drain', request);
  }

  @Needs('drive-work')
  @Tells({ does: 'lets it go on', body: ActBody, answer: null, refuses: AS_IT_IS })
  @Post(':link/resume')
  @HttpCode(204)
  resume(@Param('link') link: string, @Req() request: Request): Promise<void> {
    return this.act(link, 'resume', request);
  }

  @Needs('drive-work')
  @Tells({ does: 'releases its brake', body: ActBody, answer: null, refuses: AS_IT_IS })
  @Post(':link/release')
  @HttpCode(204)
  release(@Param('link') link: string, @Req() request: Request): Promise<void> {
    return this.act(link, 'release', request);
  }

  private async act(link: string, what: LinkAct, request: Request): Promise<void> {
    const body: z.ZodType<z.infer<typeof ActBody>> = what === 'pause' || what === 'drain' ? StopBody : ActBody;
    const { by, ...deed } = jsonBody(body, request);
    const outcome = await this.desk.act(link, what, { ...deed, by: whoActs(request, by) });
    if (outcome === 'no-such-link') throw noSuchLink();
    if (outcome === 'as-it-is') throw new ConflictException({ error: 'as-it-is' });
  }
}

const noSuchLink = (): NotFoundException => new NotFoundException({ error: 'no such link is run here' });
