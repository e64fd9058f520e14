import { CATEGORIES, type RecordCategory } from '@sync-hub/categories';
import { type Configuration, classesOn, didYouMean, type LinkConfiguration, linkOf, routeOf } from '@sync-hub/configuration';
import type { ManualRun, ManualRunDesk, ManualRunRefused, ManualRunWish } from '@sync-hub/contracts';
import type { Envelope, Tx } from '@sync-hub/messaging';
import type { Database, ManualRunOverviewRepository, ManualRunRepository } from '@sync-hub/persistence';

export interface ManualRunDeskParts {
  readonly database: Database;
  readonly runs: ManualRunRepository;
  readonly overview: ManualRunOverviewRepository;
  readonly configuration: () => Configuration;
  /** Puts on the bus what was said; without a bus it is left in the outbox, and the sweep sends it within seconds. */
  readonly send: (said: readonly Envelope[]) => Promise<void>;
}

/** Runs of this hub, for people: asked by the console and the command line. The fetcher does them. */
export class HubManualRunDesk implements ManualRunDesk {
  constructor(private readonly parts: ManualRunDeskParts) {}

  async begin(wish: ManualRunWish, by: string): Promise<{ readonly begun: string; readonly said: readonly string[] } | ManualRunRefused> {
    const current = this.parts.configuration();
    const link = linkOf(current, wish.link);
    if (link === null) return { refused: 'no-such-link', said: `there is no link ${wish.link}; its links are ${current.links.map(({ id }) => id).join(', ')}` };
    const refused = whyNot(link, wish);
    if (refused !== null) return refused;
    const done = await this.commit((tx) => this.parts.runs.begin(tx, routeOf(link, wish.direction), wish.scope, by));
    if ('running' in done) return { refused: 'already-running', said: `a ${wish.direction} on ${link.id} is under way already`, running: done.running };
    return { begun: done.begun, said: link.mode === 'live' ? [] : [`Link ${link.id} is only observed: nothing is written until it is live.`] };
  }

  cancel(id: string, by: string): Promise<boolean> {
    return this.commit((tx) => this.parts.runs.cancel(tx, id, by));
  }

  find(id: string): Promise<ManualRun | null> {
    return this.parts.overview.find(id);
  }

  list(limit: number): Promise<readonly ManualRun[]> {
    return this.parts.overview.list(limit);
  }

  private async commit<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
    const { result, said } = await this.parts.database.transaction(work);
    await this.parts.send(said);
    return result;
  }
}

/** Why the link does not let people have that; `null` where it does. */
function whyNot(link: LinkConfiguration, { direction, scope }: ManualRunWish): ManualRunRefused | null {
  if (!link.manualRuns[direction]) return { refused: 'switched-off', said: `link ${link.id} says manualRuns: ${direction}: false` };
  const on = classesOn(link, direction);
  if (scope.what === 'everything') return on.length > 0 ? null : off(`nothing travels on ${link.id} in that direction (${direction})`);
  if (scope.what === 'patient') return on.includes('patient') ? null : off(`no patient travels on ${link.id} in that direction (${direction})`);
  const { category } = scope;
  if (!Object.hasOwn(CATEGORIES, category)) {
    const near = didYouMean(category, Object.keys(CATEGORIES));
    return { refused: 'no-such-category', said: `there is no category ${category}${near === null ? '' : `; is ${near} meant?`}` };
  }
  return on.includes(category as RecordCategory) ? null : off(`${category} does not travel on ${link.id} in that direction (${direction})`);
}

const off = (said: string): ManualRunRefused => ({ refused: 'class-off', said });
