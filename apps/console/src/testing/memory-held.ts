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
  SiteAway,
} from '@sync-hub/contracts';
import { idOf } from './conflict.builder.js';

/** Something held; what a test does not care about is filled in. */
export const aHeld = (number: number, changes: Partial<HeldRecord> = {}): HeldRecord => ({
  id: idOf(7000 + number),
  group: 'a'.repeat(32),
  kind: 'job',
  link: 'kisumu',
  direction: 'push',
  source: 'kisumu',
  site: 'central',
  category: 'patient',
  why: 'unmapped',
  code: 'missing-metadata',
  names: [{ name: 'patientidentifiertype/8d79403a', label: 'OpenMRS ID' }],
  helps: 'add-metadata',
  record: { aggregate: 'person', uuid: `8d6c993e-c2cc-11de-8d13-${String(number).padStart(12, '0')}` },
  since: new Date(Date.now() - number * 60_000).toISOString(),
  openedAt: new Date(Date.now() - number * 60_000).toISOString(),
  ...changes,
});

export const WOULD_WRITE: HeldWhyNow = {
  works: 'yes',
  prospect: 'would-write',
  site: 'central',
  why: 'observed',
  code: 'would-create',
  names: [],
  hasChanged: null,
};

/** What is held, without a hub behind it: what is tried again or discarded is held no more. */
export class MemoryHeld implements HeldDesk {
  readonly deeds: (HeldDeed & { readonly id: string })[] = [];
  away: readonly SiteAway[] = [];
  elsewhere: readonly HeldElsewhere[] = [];
  asked: readonly HeldFarAct[] = [];
  now: HeldWhyNow = WOULD_WRITE;
  /** What becomes of the next act on one. */
  outcome: HeldOutcome = 'done';
  /** Waited for before each that is gone through: a test sees how far it is. */
  next: () => Promise<void> = async () => undefined;

  constructor(private all: readonly HeldRecord[] = []) {}

  async list(filter: HeldFilter): Promise<HeldList> {
    const found = this.found(filter);
    const groups = [...new Set(found.map(({ group }) => group))].map((group) => groupOf(found.filter((one) => one.group === group)));
    const by = (name: 'link' | 'site' | 'category' | 'why' | 'origin') =>
      [...new Set(found.map((one) => one[name] ?? ''))].map((word) => ({ name: word, count: found.filter((one) => (one[name] ?? '') === word).length }));
    return {
      groups: groups.sort((a, b) => b.count - a.count),
      away: this.away,
      elsewhere: this.elsewhere,
      asked: this.asked,
      counts: {
        all: found.length,
        groups: groups.length,
        by: { link: by('link'), site: by('site'), category: by('category'), why: by('why'), origin: this.elsewhere.length === 0 ? [] : by('origin') },
      },
    };
  }

  async records({ offset, limit, ...filter }: HeldPage): Promise<readonly HeldRecord[]> {
    return this.found(filter).slice(offset, offset + limit);
  }

  async find(id: string): Promise<HeldDetail | null> {
    const held = this.all.find((one) => one.id === id);
    const notes = this.deeds.filter((deed) => deed.id === id).map(({ by, what, reason = null }) => ({ at: new Date().toISOString(), by, what, reason }));
    return held === undefined ? null : { held, notes, isMoving: false, isWriteUnknown: false };
  }

  async why(id: string): Promise<HeldWhyNow | null> {
    return (await this.find(id)) === null ? null : this.now;
  }

  async act(id: string, deed: HeldDeed): Promise<HeldOutcome> {
    if ((await this.find(id)) === null) return 'gone';
    if (this.outcome !== 'done' && this.outcome !== 'asked') return this.outcome;
    this.deeds.push({ ...deed, id });
    if (this.outcome === 'asked') return 'asked';
    this.all =
      deed.what === 'parked'
        ? this.all.map((one) => (one.id === id ? { ...one, why: 'by-hand', code: 'by-hand', names: [], group: 'b'.repeat(32), helps: 'redrive' } : one))
        : this.all.filter((one) => one.id !== id);
    return 'done';
  }

  async plan(filter: HeldFilter, watched: HeldWatched): Promise<HeldPlan> {
    const found = this.found(filter);
    watched.progress(found.length, found.length);
    return { counts: { found: found.length, done: 0, passedOver: 0 }, act: (deed, watching) => this.carryOut(found, deed, watching) };
  }

  private async carryOut(found: readonly HeldRecord[], deed: HeldDeed, { progress, signal }: HeldWatched): Promise<HeldCounts> {
    let [through, done] = [0, 0];
    progress(0, found.length);
    for (const { id } of found) {
      if (signal?.aborted === true) break;
      await this.next();
      if ((await this.act(id, deed)) === 'done') done += 1;
      through += 1;
      progress(through, found.length);
    }
    return { found: through, done, passedOver: through - done };
  }

  private found({ link, site, category, why, code, group, origin }: HeldFilter): readonly HeldRecord[] {
    const asked = { link, site, category, why, code, group, origin };
    const fits = (one: HeldRecord) => Object.entries(asked).every(([name, value]) => value === undefined || one[name as 'link'] === value);
    return [...this.all].filter(fits).sort((a, b) => (a.since < b.since ? -1 : 1));
  }
}

function groupOf(records: readonly HeldRecord[]): HeldGroup {
  const [first] = records;
  if (first === undefined) throw new Error('a group of nothing');
  const { id: _, record: __, openedAt: ___, since, group, ...alike } = first;
  return { ...alike, id: group, count: records.length, oldestAt: since };
}
