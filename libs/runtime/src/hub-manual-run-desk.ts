import { CATEGORIES, type RecordCategory } from '@sync-hub/categories';
import { type Configuration, classesOn, didYouMean, isResting, type LinkConfiguration, linkOf, linksRunAt, routeOf } from '@sync-hub/configuration';
import type {
  DryRunTold,
  ManualRun,
  ManualRunChoice,
  ManualRunDesk,
  ManualRunRecord,
  ManualRunRecordsAsked,
  ManualRunRefused,
  ManualRunWaits,
  ManualRunWish,
  SiteId,
} from '@sync-hub/contracts';
import type { Envelope, Tx } from '@sync-hub/messaging';
import type { Database, ManualRunOverviewRepository, ManualRunRepository } from '@sync-hub/persistence';
import { aboutRun } from './about-run.js';

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

  async choices(): Promise<readonly ManualRunChoice[]> {
    return linksRunAt(this.parts.configuration()).flatMap((link) =>
      (['pull', 'push'] as const)
        .filter((direction) => link.manualRuns[direction])
        .map((direction) => ({ ...routeOf(link, direction), categories: classesOn(link, direction) }))
        .filter(({ categories }) => categories.length > 0),
    );
  }

  async begin(wish: ManualRunWish, by: string): Promise<{ readonly begun: string; readonly said: readonly string[] } | ManualRunRefused> {
    const current = this.parts.configuration();
    const link = linkOf(current, wish.link);
    if (link === null) return { refused: 'no-such-link', said: `there is no link ${wish.link}; its links are ${current.links.map(({ id }) => id).join(', ')}` };
    const refused = whyNot(link, wish);
    if (refused !== null) return refused;
    const done = await this.commit((tx) => this.parts.runs.begin(tx, { route: routeOf(link, wish.direction), scope: wish.scope, dry: wish.dry === true }, by));
    if ('running' in done) return { refused: 'already-running', said: `a ${wish.direction} on ${link.id} is under way already`, running: done.running };
    return { begun: done.begun, said: link.mode === 'live' ? [] : [saidOfObserved(link, wish.dry === true)] };
  }

  cancel(id: string, by: string): Promise<boolean> {
    return this.commit((tx) => this.parts.runs.cancel(tx, id, by));
  }

  async find(id: string): Promise<ManualRun | null> {
    const run = await this.parts.overview.find(id);
    return run === null ? null : this.told(run);
  }

  async list(limit: number): Promise<readonly ManualRun[]> {
    return (await this.parts.overview.list(limit)).map((run) => this.told(run));
  }

  records(id: string, asked: ManualRunRecordsAsked): Promise<readonly ManualRunRecord[]> {
    return this.parts.overview.records(id, asked);
  }

  /** With what only the configuration says: who rests, and how long a run that writes would take. */
  private told(run: ManualRun): ManualRun {
    const waitsFor = run.waitsFor ?? (run.endedAt === null ? this.resting([run.source, run.target]) : null);
    if (run.told === undefined) return { ...run, waitsFor };
    const along = (run.along ?? []).reduce((sum, { records }) => sum + records, 0);
    const ended = run.categories.reduce((sum, category) => sum + category.ended, 0);
    return {
      ...run,
      waitsFor,
      told: this.withEstimate(
        run,
        run.told,
        ended + along,
        followersOf(run.categories) + ((run.along ?? []).find(({ as }) => as === 'would-follow')?.records ?? 0),
      ),
      categories: run.categories.map((category) =>
        category.told === undefined ? category : { ...category, told: this.withEstimate(run, category.told, category.ended, followersOf([category])) },
      ),
    };
  }

  private withEstimate({ source, target }: Pick<ManualRun, 'source' | 'target'>, told: DryRunTold, records: number, follow: number): DryRunTold {
    const atOnce = (id: SiteId): number => this.parts.configuration().sites.find((site) => site.id === id)?.maxInFlight ?? 1;
    const at = { source: { ...told.source, atOnce: atOnce(source) }, target: { ...told.target, atOnce: atOnce(target) } };
    return { ...told, about: aboutRun({ ...at, records, writes: told.writes, follow }) };
  }

  private resting(sites: readonly SiteId[]): ManualRunWaits | null {
    const site = this.parts.configuration().sites.find((one) => sites.includes(one.id) && isResting(one, new Date()));
    return site === undefined ? null : { site: site.id, why: 'rests' };
  }

  private async commit<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
    const { result, said } = await this.parts.database.transaction(work);
    await this.parts.send(said);
    return result;
  }
}

const followersOf = (categories: ManualRun['categories']): number =>
  categories.flatMap(({ became }) => became).reduce((sum, { as, records }) => sum + (as === 'would-follow' ? records : 0), 0);

const saidOfObserved = ({ id }: LinkConfiguration, dry: boolean): string =>
  dry ? `Link ${id} is only observed: what is told would come once it is live.` : `Link ${id} is only observed: nothing is written until it is live.`;

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
