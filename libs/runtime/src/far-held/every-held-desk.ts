import type {
  HeldDeed,
  HeldDesk,
  HeldDetail,
  HeldFilter,
  HeldList,
  HeldOutcome,
  HeldPage,
  HeldPlan,
  HeldRecord,
  HeldWatched,
  HeldWhyNow,
} from '@sync-hub/contracts';

const NOTHING: HeldList = {
  groups: [],
  away: [],
  elsewhere: [],
  asked: [],
  counts: { all: 0, groups: 0, by: { link: [], site: [], category: [], why: [], origin: [] } },
};

type Counted = HeldList['counts']['by']['link'];

/** What is held here, and at the instances that report here, at one desk. */
export class EveryHeldDesk implements HeldDesk {
  constructor(
    private readonly own: HeldDesk,
    private readonly others: HeldDesk,
    private readonly instance: () => string,
  ) {}

  async list(filter: HeldFilter): Promise<HeldList> {
    const [own, others] = await Promise.all([this.isOwn(filter) ? this.own.list(filter) : NOTHING, this.others.list(filter)]);
    const here = own.counts.all === 0 ? [] : [{ name: this.instance(), count: own.counts.all }];
    return {
      groups: [...own.groups, ...others.groups].sort((a, b) => b.count - a.count),
      away: [...own.away, ...others.away],
      elsewhere: others.elsewhere,
      asked: others.asked,
      counts: {
        all: own.counts.all + others.counts.all,
        groups: own.counts.groups + others.counts.groups,
        by: {
          link: added(own.counts.by.link, others.counts.by.link),
          site: added(own.counts.by.site, others.counts.by.site),
          category: added(own.counts.by.category, others.counts.by.category),
          why: added(own.counts.by.why, others.counts.by.why),
          origin: [...here, ...others.counts.by.origin],
        },
      },
    };
  }

  /** Its own first, those of others behind them. */
  async records(page: HeldPage): Promise<readonly HeldRecord[]> {
    if (!this.isOwn(page)) return this.others.records(page);
    const own = await this.own.records(page);
    if (own.length === page.limit) return own;
    const { offset, limit, ...filter } = page;
    const all = own.length > 0 || offset === 0 ? offset + own.length : (await this.own.list(filter)).counts.all;
    return [...own, ...(await this.others.records({ ...page, offset: Math.max(0, offset - all), limit: limit - own.length }))];
  }

  async find(id: string): Promise<HeldDetail | null> {
    return (await this.own.find(id)) ?? this.others.find(id);
  }

  async why(id: string): Promise<HeldWhyNow | null> {
    return (await this.deskOf(id)).why(id);
  }

  async act(id: string, deed: HeldDeed): Promise<HeldOutcome> {
    return (await this.deskOf(id)).act(id, deed);
  }

  /** Of many at once those of another instance alone that somebody named, or whose cause they opened. */
  async plan(filter: HeldFilter, watched: HeldWatched): Promise<HeldPlan> {
    if (!this.isOwn(filter)) return this.others.plan(filter, watched);
    const isOfAnother = filter.origin === undefined && filter.group !== undefined && (await this.others.list(filter)).groups.length > 0;
    return (isOfAnother ? this.others : this.own).plan(filter, watched);
  }

  private isOwn({ origin }: Pick<HeldFilter, 'origin'>): boolean {
    return origin === undefined || origin === this.instance();
  }

  /** One of its own that is tried again and again is held by nothing yet, and laid aside all the same. */
  private async deskOf(id: string): Promise<HeldDesk> {
    if ((await this.own.find(id)) !== null) return this.own;
    return (await this.others.find(id)) === null ? this.own : this.others;
  }
}

function added(one: Counted, other: Counted): Counted {
  const counts = new Map(one.map(({ name, count }) => [name, count]));
  for (const { name, count } of other) counts.set(name, (counts.get(name) ?? 0) + count);
  return [...counts].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}
