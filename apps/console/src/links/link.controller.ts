import { ConflictException, Controller, Get, HttpCode, Inject, NotFoundException, Param, Post, Req, UseFilters } from '@nestjs/common';
import { type LinkAct, type LinkActTold, LinkDeed, type LinkDesk } from '@sync-hub/contracts';
import { type AskedBy, whoActs } from '../access/caller.js';
import { Needs } from '../access/needs.js';
import { Name } from '../conflicts/conflict-bodies.js';
import { invalid, jsonBody, type RawBody } from '../conflicts/json-body.js';
import { RefusedFilter } from '../conflicts/refused.filter.js';

export const LINK_DESK = Symbol('LINK_DESK');

const ActBody = LinkDeed.extend({ by: Name });

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
  @Get(':link')
  async history(@Param('link') link: string): Promise<{ readonly acts: readonly LinkActTold[] }> {
    const acts = await this.desk.history(link);
    if (acts === null) throw noSuchLink();
    return { acts };
  }

  @Needs('drive-work')
  @Post(':link/pause')
  @HttpCode(204)
  pause(@Param('link') link: string, @Req() request: Request): Promise<void> {
    return this.act(link, 'pause', request);
  }

  @Needs('drive-work')
  @Post(':link/drain')
  @HttpCode(204)
  drain(@Param('link') link: string, @Req() request: Request): Promise<void> {
    return this.act(link, 'drain', request);
  }

  @Needs('drive-work')
  @Post(':link/resume')
  @HttpCode(204)
  resume(@Param('link') link: string, @Req() request: Request): Promise<void> {
    return this.act(link, 'resume', request);
  }

  @Needs('drive-work')
  @Post(':link/release')
  @HttpCode(204)
  release(@Param('link') link: string, @Req() request: Request): Promise<void> {
    return this.act(link, 'release', request);
  }

  private async act(link: string, what: LinkAct, request: Request): Promise<void> {
    const { by, ...deed } = jsonBody(ActBody, request);
    const isStop = what === 'pause' || what === 'drain';
    if (isStop && (deed.reason ?? '').trim() === '') throw invalid([{ path: 'reason', problem: 'says why, for whoever finds it stopped' }]);
    const outcome = await this.desk.act(link, what, { ...deed, by: whoActs(request, by) });
    if (outcome === 'no-such-link') throw noSuchLink();
    if (outcome === 'as-it-is') throw new ConflictException({ error: 'as-it-is' });
  }
}

const noSuchLink = (): NotFoundException => new NotFoundException({ error: 'no such link is run here' });
