import { createHash } from 'node:crypto';
import type {
  HeldCounts,
  HeldDeed,
  HeldDesk,
  HeldDetail,
  HeldElsewhere,
  HeldFarAct,
  HeldFilter,
  HeldGroup,
  HeldList,
  HeldOutcome,
  HeldPage,
  HeldPlan,
  HeldRecord,
  HeldWatched,
  HeldWhyNow,
} from '@sync-hub/contracts';
import type { Envelope } from '@sync-hub/messaging';
import type { Database, ReceivedHeldAct, ReceivedWork, ReceivedWorkRepository } from '@sync-hub/persistence';
import { eachInTurn } from '../each-in-turn.js';
import { countsOfGroups } from '../held/counts-of-groups.js';
import { isUnheard } from './unheard-in.js';

/** Who receives, and from whom; an instance that is not heard of for so many minutes should have been. */
export interface ReceivingFrom {
  readonly instance: string;
  readonly from: readonly { readonly id: string; readonly heardWithinMinutes: number }[];
}

export interface ReceivedHeldParts {
  readonly database: Database;
  readonly received: ReceivedWorkRepository;
  readonly receiving: () => ReceivingFrom;
  readonly send: (said: readonly Envelope[]) => Promise<void>;
}

const ELSEWHERE: HeldWhyNow = { works: 'unknown', prospect: 'elsewhere', site: null, why: null, code: null, names: [], hasChanged: null };

/** What is held at the instances that report here, as each told it last. What is done to it waits until its instance fetches it, and is done there, by the same rules. */
export class ReceivedHeldDesk implements HeldDesk {
  constructor(private readonly parts: ReceivedHeldParts) {}

  async list(filter: HeldFilter): Promise<HeldList> {
    const [works, asked] = await Promise.all([this.works(filter), this.asked(filter)]);
    const groups = groupsOf(works).filter((group) => fits(filter, group, group.id));
    return {
      groups: [...groups].sort((a, b) => b.count - a.count),
      away: works.flatMap(({ origin, away }) => away.map((one) => ({ ...one, origin }))),
      elsewhere: this.elsewhere(works, filter),
      asked,
      counts: countsOfGroups(groups),
    };
  }

  async records({ offset, limit, ...filter }: HeldPage): Promise<readonly HeldRecord[]> {
    const records = recordsOf(await this.works(filter)).filter((record) => fits(filter, record, record.group));
    return records.slice(offset, offset + limit);
  }

  async find(id: string): Promise<HeldDetail | null> {
    const held = recordsOf(await this.works({})).find((one) => one.id === id);
    if (held === undefined) return null;
    const asked = (await this.asked({})).filter((act) => act.held === id);
    const notes = asked.map(({ at, by, what, reason }) => ({ at, by, what, reason })).reverse();
    return { held, notes, isMoving: false, isWriteUnknown: false };
  }

  async why(id: string): Promise<HeldWhyNow | null> {
    return (await this.find(id)) === null ? null : ELSEWHERE;
  }

  async act(id: string, deed: HeldDeed): Promise<HeldOutcome> {
    const works = await this.works({});
    const found = works.flatMap(({ origin, held }) => (held?.records ?? []).map((one) => ({ ...one, origin }))).find((one) => one.id === id);
    if (found === undefined) return 'gone';
    return this.ask(deed, { origin: found.origin, group: found.group, held: id });
  }

  /** As many as were told of; that instance does it to those that were there when it told, and are held for the same still. */
  async plan(filter: HeldFilter, { progress }: HeldWatched): Promise<HeldPlan> {
    const works = await this.works(filter);
    const looked = works.flatMap(({ origin, held }) =>
      (held?.groups ?? []).flatMap((group) => {
        const id = shownId(origin, group.id);
        return fits(filter, { ...group, origin }, id) ? [{ origin, group: group.id, count: group.count }] : [];
      }),
    );
    const found = looked.reduce((sum, { count }) => sum + count, 0);
    progress(found, found);
    return { counts: { found, done: 0, passedOver: 0, asked: 0 }, act: (deed, watched) => this.askAll(deed, looked, watched) };
  }

  private async askAll(deed: HeldDeed, looked: readonly Looked[], { progress, signal }: HeldWatched): Promise<HeldCounts> {
    const of = looked.reduce((sum, { count }) => sum + count, 0);
    let [found, asked] = [0, 0];
    progress(0, of);
    await eachInTurn(looked, async ({ origin, group, count }) => {
      if (signal?.aborted === true) return;
      if ((await this.ask(deed, { origin, group, held: null })) === 'asked') asked += count;
      found += count;
      progress(found, of);
    });
    return { found, done: 0, passedOver: found - asked, asked };
  }

  /** `by` with where they are: that instance's own people are known by their names alone. */
  private async ask(
    { what, by, reason }: HeldDeed,
    on: { readonly origin: string; readonly group: string; readonly held: string | null },
  ): Promise<HeldOutcome> {
    const { database, received, receiving, send } = this.parts;
    const act = { ...on, what, by: `${by}@${receiving().instance}`, reason: reason ?? null };
    const { result, said } = await database.transaction((tx) => received.act(tx, act));
    await send(said);
    return result === null ? 'not-taken' : 'asked';
  }

  private async works({ origin }: Pick<HeldFilter, 'origin'>): Promise<readonly ReceivedWork[]> {
    return this.parts.received.of(this.origins(origin));
  }

  private async asked({ origin, group }: Pick<HeldFilter, 'origin' | 'group'>): Promise<readonly HeldFarAct[]> {
    const acts = (await this.parts.received.asked(this.origins(origin))).map(actTold);
    return group === undefined ? acts : acts.filter((act) => act.group === group);
  }

  private origins(origin: string | undefined): readonly string[] {
    const all = this.parts.receiving().from.map(({ id }) => id);
    return origin === undefined ? all : all.filter((one) => one === origin);
  }

  private elsewhere(works: readonly ReceivedWork[], { origin }: HeldFilter): readonly HeldElsewhere[] {
    const now = new Date();
    return this.parts.receiving().from.flatMap(({ id, heardWithinMinutes }): HeldElsewhere[] => {
      if (origin !== undefined && id !== origin) return [];
      const work = works.find((one) => one.origin === id);
      if (work === undefined) return [{ origin: id, heardAt: null, isUnheard: true, takesActs: false, count: 0 }];
      const unheard = isUnheard(work.heardAt, heardWithinMinutes, now);
      const count = (work.held?.groups ?? []).reduce((sum, group) => sum + group.count, 0);
      return [{ origin: id, heardAt: work.heardAt.toISOString(), isUnheard: unheard, takesActs: work.takesActs, count }];
    });
  }
}

interface Looked {
  readonly origin: string;
  readonly group: string;
  readonly count: number;
}

/** Two instances may hold something for just the same: each cause has an address of its own here. */
const shownId = (origin: string, group: string): string => createHash('md5').update(`${origin} ${group}`).digest('hex');

const groupsOf = (works: readonly ReceivedWork[]): readonly HeldGroup[] =>
  works.flatMap(({ origin, held }) => (held?.groups ?? []).map((group) => ({ ...(group as HeldGroup), id: shownId(origin, group.id), origin })));

const recordsOf = (works: readonly ReceivedWork[]): readonly HeldRecord[] =>
  works.flatMap(({ origin, held }) => (held?.records ?? []).map((one) => ({ ...(one as HeldRecord), group: shownId(origin, one.group), origin })));

type Filtered = Pick<HeldGroup, 'link' | 'site' | 'category' | 'why' | 'code'> & { readonly origin?: string };

const fits = ({ link, site, category, why, code, group, origin }: HeldFilter, one: Filtered, shown: string): boolean =>
  [
    [link, one.link],
    [site, one.site],
    [category, one.category],
    [why, one.why],
    [code, one.code],
    [group, shown],
    [origin, one.origin],
  ].every(([wanted, has]) => wanted === undefined || wanted === has);

const actTold = ({ origin, group, at, sentAt, endedAt, endedAs, ...act }: ReceivedHeldAct): HeldFarAct => ({
  ...act,
  origin,
  group: shownId(origin, group),
  at: at.toISOString(),
  sentAt: sentAt?.toISOString() ?? null,
  endedAt: endedAt?.toISOString() ?? null,
  became: endedAs,
});
