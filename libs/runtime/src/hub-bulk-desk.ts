import { type BulkChoices, type ByPolicy, bulkChoices } from '@sync-hub/configuration';
import {
  BugError,
  type BulkAsked,
  type BulkCounts,
  type BulkDesk,
  type BulkPlan,
  type BulkWatched,
  type ConflictDesk,
  ConflictFilter,
  type ConflictSummary,
} from '@sync-hub/contracts';
import { fieldName, type SideName, sightAt } from '@sync-hub/merge';
import type { ConflictOverviewRepository, DecisionRepository, SightRepository, SnapshotRepository } from '@sync-hub/persistence';

/** What answering in bulk stands on. */
export interface BulkParts {
  readonly desk: Pick<ConflictDesk, 'answer'>;
  readonly overview: ConflictOverviewRepository;
  readonly snapshots: SnapshotRepository;
  readonly decisions: DecisionRepository;
  readonly sights: SightRepository;
  readonly atOnceSeconds: number;
}

/** A conflict, and what the policy makes of it; null where it was closed while we came to it. */
interface Planned {
  readonly summary: ConflictSummary;
  readonly found: BulkChoices | null;
  /** Can what is kept of it not be opened? Then a person sees to it, and the others are answered all the same. */
  readonly isUnreadable?: true;
}

const PAGE = 200;

/** Answers open conflicts by a policy, as a person would who looked at each. Those that somebody has answered already are none of them. */
export class HubBulkDesk implements BulkDesk {
  constructor(private readonly parts: BulkParts) {}

  async plan(asked: BulkAsked, { progress, signal }: BulkWatched): Promise<BulkPlan> {
    const all = await this.summaries(asked);
    const planned: Planned[] = [];
    progress(0, all.length);
    for (const summary of all) {
      if (signal?.aborted === true) break;
      planned.push(await this.lookAt(summary, asked));
      progress(planned.length, all.length);
    }
    return {
      counts: countsOf(asked, planned, () => true),
      answer: (by, watched) => this.answer({ asked, planned }, by, watched),
    };
  }

  private async answer(
    { asked, planned }: { readonly asked: BulkAsked; readonly planned: readonly Planned[] },
    by: string,
    { progress, signal }: BulkWatched,
  ): Promise<BulkCounts> {
    const taken = new Set<string>();
    let done = 0;
    progress(0, planned.length);
    for (const { summary, found } of planned) {
      if (signal?.aborted === true) break;
      if (isAnswer(found) && (await this.give(summary, found, asked, by))) taken.add(summary.id);
      done += 1;
      progress(done, planned.length);
    }
    return countsOf(asked, planned.slice(0, done), ({ id }) => taken.has(id));
  }

  /** At the version that was planned, and over nobody's answer. */
  private async give({ id, version }: ConflictSummary, { choices }: BulkChoices, { policy }: BulkAsked, by: string): Promise<boolean> {
    const answer = { version, choices: [...choices], note: `by policy ${policy}`, unlessAnswered: true };
    return (await this.parts.desk.answer(id, answer, by)).kind === 'taken';
  }

  /** All of them as they are now: answering takes some out of the list while it is gone through. */
  private async summaries({ policy: _, states = ['open', 'assigned'], ...asked }: BulkAsked): Promise<readonly ConflictSummary[]> {
    const all: ConflictSummary[] = [];
    for (let isMore = true; isMore; ) {
      const { conflicts } = await this.parts.overview.list(ConflictFilter.parse({ ...asked, states, offset: all.length, limit: PAGE }));
      all.push(...conflicts);
      isMore = conflicts.length === PAGE;
    }
    return all;
  }

  private async lookAt(summary: ConflictSummary, asked: BulkAsked): Promise<Planned> {
    try {
      return { summary, found: await this.choicesFor(summary, asked) };
    } catch (error) {
      if (error instanceof BugError) return { summary, found: { choices: [], leaves: [] }, isUnreadable: true };
      throw error;
    }
  }

  private async choicesFor({ id, record, link, version }: ConflictSummary, { policy, field }: BulkAsked): Promise<BulkChoices | null> {
    const { overview, snapshots, decisions: kept, sights: seen, atOnceSeconds } = this.parts;
    const found = await overview.find(id);
    if (found === null || found.row.closed_at !== null || found.row.versions !== version) return null;
    const { row, agreement } = found;
    const [parent, child, decisions, sights] = await Promise.all([
      snapshots.read(row.parent_snapshot),
      snapshots.read(row.child_snapshot),
      kept.decisionsFor(link, record),
      seen.of(link, record),
    ]);
    const seenAt = (side: SideName, path: string): number | null => sights(side, sightAt(agreement, side, side === 'parent' ? parent : child, path));
    const by: ByPolicy = { policy, seenAt, atOnceSeconds, ...(field === undefined ? {} : { field }) };
    const category = parent.presence === 'absent' ? child.category : parent.category;
    return bulkChoices({ link, category, agreement, parent, child, decisions }, by);
  }
}

const isAnswer = (found: BulkChoices | null): found is BulkChoices => found !== null && found.choices.length > 0;

function countsOf({ policy }: BulkAsked, planned: readonly Planned[], isTaken: (summary: ConflictSummary) => boolean): BulkCounts {
  const answered = planned.flatMap(({ summary, found }) => (isAnswer(found) && isTaken(summary) ? [found] : []));
  const untouched = planned.filter(({ found }) => found !== null && found.choices.length === 0);
  const full = answered.filter(({ leaves }) => leaves.length === 0).length;
  const taken = counted(answered.flatMap(({ choices }) => choices.map(({ path, take }) => `${take} ${fieldName(path)}`)));
  const left = counted(untouched.map(({ summary, isUnreadable }) => (isUnreadable ? 'unreadable' : whyLeft(summary.reason, policy))));
  return {
    found: planned.length,
    answered: full,
    inPart: answered.length - full,
    passedOver: planned.length - answered.length - untouched.length,
    taken: taken.map(([word, count]) => ({ field: word.slice(word.indexOf(' ') + 1), take: word.startsWith('parent ') ? 'parent' : 'child', count })),
    left: left.map(([why, count]) => ({ why, count })),
  };
}

/** Why it is still asked about, in words where the policy itself says no more. */
function whyLeft(reason: string, policy: BulkAsked['policy']): string {
  if (policy === 'newest' && reason === 'both-edited') return 'seen-at-once';
  return policy === 'union' && (reason === 'both-edited' || reason === 'first-contact') ? 'two-values' : reason;
}

function counted(words: readonly string[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
}
