import { Controller, Get, Inject, NotFoundException, Param, Query, UseFilters } from '@nestjs/common';
import { type Completeness, OwnAsked, type OwnDesk, type OwnList, type OwnSite } from '@sync-hub/contracts';
import { Needs } from '../access/needs.js';
import { CompletenessAnswer, OwnListAnswer, OwnSitesAnswer } from '../api/answers/own-answers.js';
import { Tells } from '../api/tells.js';
import { type QueryParameters, queryAs } from '../conflicts/filter-of-query.js';
import { RefusedFilter } from '../conflicts/refused.filter.js';

export const OWN_DESK = Symbol('OWN_DESK');

const NO_SITE = { 404: 'no such site takes part here' } as const;

const NUMBERS: ReadonlySet<string> = new Set(['most']);

/**
 * What of a site has not arrived at the other ends of its links: `GET /api/not-arrived` names the sites, `GET …/SITE` tells what has not arrived, by reason, `most` of each one by one, `GET …/SITE/completeness` counts patients,
 * visits and encounters by month, here and there. References and counts, and no value of a record. 404 where no such site takes part here.
 */
@Controller('/api/not-arrived')
@UseFilters(RefusedFilter)
export class OwnController {
  constructor(@Inject(OWN_DESK) private readonly desk: OwnDesk) {}

  @Needs('see-overview')
  @Tells({ does: 'the sites of which it is asked what has not arrived', answer: OwnSitesAnswer })
  @Get()
  async sites(): Promise<{ readonly sites: readonly OwnSite[] }> {
    return { sites: await this.desk.sites() };
  }

  @Needs('see-overview')
  @Tells({ does: 'what of a site is not at the other ends of its links, by why', query: OwnAsked, answer: OwnListAnswer, refuses: NO_SITE })
  @Get(':site')
  async list(@Param('site') site: string, @Query() query: QueryParameters): Promise<OwnList> {
    return known(await this.desk.list(site, queryAs(OwnAsked, query, NUMBERS)));
  }

  @Needs('see-overview')
  @Tells({ does: 'patients, visits and encounters by month, here and there', answer: CompletenessAnswer, refuses: NO_SITE })
  @Get(':site/completeness')
  async completeness(@Param('site') site: string): Promise<Completeness> {
    return known(await this.desk.completeness(site));
  }
}

function known<Told>(told: Told | null): Told {
  if (told === null) throw new NotFoundException({ error: 'no such site takes part here' });
  return told;
}
