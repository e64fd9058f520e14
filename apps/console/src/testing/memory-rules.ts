import {
  type BulkAsked,
  type BulkCounts,
  type BulkDesk,
  type BulkPlan,
  type BulkWatched,
  type ConflictChoice,
  type ConflictDetail,
  ConflictFilter,
  type NewPolicyRule,
  type PolicyRule,
  type PolicyRuleAdded,
  type PolicyRuleDesk,
} from '@sync-hub/contracts';
import { idOf } from './conflict.builder.js';
import { MemoryAudit } from './memory-audit.js';
import type { MemoryDesk } from './memory-desk.js';
import { MemoryFeeds } from './memory-feeds.js';
import { MemoryHeld } from './memory-held.js';
import { MemoryLinks } from './memory-links.js';
import { MemoryOwn } from './memory-own.js';
import { MemoryPatients } from './memory-patients.js';
import { MemoryRecords } from './memory-records.js';
import { MemoryRuns } from './memory-runs.js';
import { MemoryWidgets } from './memory-widgets.js';

/** Rules without a hub behind them. */
export class MemoryRules implements PolicyRuleDesk {
  readonly rules: PolicyRule[] = [];

  async list({ link, withRevoked = false }: { readonly link?: string; readonly withRevoked?: boolean }): Promise<readonly PolicyRule[]> {
    return this.rules.filter((rule) => (withRevoked || rule.revoked === null) && (link === undefined || rule.link === link));
  }

  async add(rule: NewPolicyRule, by: string): Promise<PolicyRuleAdded> {
    if (rule.category === 'order') return { kind: 'invalid', problem: 'a person decides on every order, which is never merged field by field' };
    const there = this.rules.find((one) => one.revoked === null && one.link === rule.link && one.category === rule.category && one.field === rule.field);
    if (there !== undefined) return { kind: 'there', id: there.id, policy: there.policy };
    const id = idOf(9000 + this.rules.length);
    const { conflict = null, ...more } = rule;
    this.rules.unshift({ ...more, id, child: rule.link, conflict, madeBy: by, madeAt: new Date().toISOString(), revoked: null, isOverruled: false });
    return { kind: 'added', id };
  }

  async revoke(id: string, by: string): Promise<boolean> {
    const index = this.rules.findIndex((rule) => rule.id === id && rule.revoked === null);
    const found = this.rules[index];
    if (found !== undefined) this.rules[index] = { ...found, revoked: { by, at: new Date().toISOString() } };
    return found !== undefined;
  }
}

/** Answers at that desk what `parent-wins` and `child-wins` decide; the other policies leave every conflict. */
export class MemoryBulk implements BulkDesk {
  /** Waited for before each conflict that is gone through: a test sees how far it is. */
  next: () => Promise<void> = async () => undefined;

  constructor(private readonly desk: MemoryDesk) {}

  async plan({ policy, states = ['open', 'assigned'], ...asked }: BulkAsked, watched: BulkWatched): Promise<BulkPlan> {
    const { conflicts } = await this.desk.list(ConflictFilter.parse({ ...asked, states, limit: 200 }));
    const planned: Planned[] = [];
    watched.progress(0, conflicts.length);
    for (const { id } of conflicts) {
      if (watched.signal?.aborted === true) break;
      await this.next();
      const detail = await this.desk.find(id);
      if (detail !== null) planned.push({ detail, ...choicesOf(detail, policy, asked.field) });
      watched.progress(planned.length, conflicts.length);
    }
    return { counts: countsOf(planned, () => true), answer: (by, watching) => this.answer(planned, by, watching) };
  }

  private async answer(planned: readonly Planned[], by: string, { progress, signal }: BulkWatched): Promise<BulkCounts> {
    const taken = new Set<Planned>();
    let done = 0;
    progress(0, planned.length);
    for (const one of planned) {
      if (signal?.aborted === true) break;
      await this.next();
      const { id, version } = one.detail.conflict;
      const isTaken = one.choices.length > 0 && (await this.desk.answer(id, { version, choices: [...one.choices], unlessAnswered: true }, by)).kind === 'taken';
      if (isTaken) taken.add(one);
      done += 1;
      progress(done, planned.length);
    }
    return countsOf(planned.slice(0, done), (one) => taken.has(one));
  }
}

interface Planned {
  readonly detail: ConflictDetail;
  readonly choices: readonly ConflictChoice[];
  readonly leaves: number;
}

function choicesOf({ fields }: ConflictDetail, policy: BulkAsked['policy'], only: string | undefined): Pick<Planned, 'choices' | 'leaves'> {
  const asked = fields.filter(({ does }) => does === 'ask');
  const take = policy === 'parent-wins' ? 'parent' : policy === 'child-wins' ? 'child' : null;
  const choices = take === null ? [] : asked.filter(({ field }) => only === undefined || field === only).map(({ path }) => ({ path, take }) as const);
  return { choices, leaves: asked.length - choices.length };
}

function countsOf(planned: readonly Planned[], isTaken: (one: Planned) => boolean): BulkCounts {
  const answered = planned.filter((one) => one.choices.length > 0 && isTaken(one));
  const untouched = planned.filter(({ choices }) => choices.length === 0).length;
  const full = answered.filter(({ leaves }) => leaves === 0).length;
  const fields = answered.flatMap(({ choices }) =>
    choices.map((choice) => ({ field: choice.path, take: 'take' in choice ? choice.take : ('parent' as const) })),
  );
  const names = [...new Set(fields.map(({ field }) => field))];
  return {
    found: planned.length,
    answered: full,
    inPart: answered.length - full,
    passedOver: planned.length - answered.length - untouched,
    taken: names.map((field) => ({ field, take: fields[0]?.take ?? 'parent', count: fields.filter((one) => one.field === field).length })),
    left: untouched === 0 ? [] : [{ why: 'seen-at-once', count: untouched }],
  };
}

/** What a console stands on, with these conflicts, with this that is held, these records and runs, and this audit. */
export function memoryDesks(
  desk: MemoryDesk,
  held = new MemoryHeld(),
  records = new MemoryRecords(),
  runs = new MemoryRuns(),
  feeds = new MemoryFeeds(),
  auditDesk = new MemoryAudit(),
  own = new MemoryOwn(),
  widgets = new MemoryWidgets(),
) {
  const [links, patients] = [new MemoryLinks(), new MemoryPatients()];
  return { desk, held, records, runs, feeds, auditDesk, own, widgets, links, patients, rules: new MemoryRules(), bulk: new MemoryBulk(desk) };
}
