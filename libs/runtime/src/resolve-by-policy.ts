import { type BulkChoices, type ByPolicy, bulkChoices, countChoices } from '@sync-hub/configuration';
import { type ConflictDesk, ConflictFilter, type ConflictSummary, type PolicyWord } from '@sync-hub/contracts';
import { type SideName, sightAt } from '@sync-hub/merge';
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

/** Which open conflicts are to be answered, and by what. */
export interface BulkAsked {
  readonly policy: PolicyWord;
  readonly link?: string;
  readonly category?: string;
  readonly field?: string;
}

/** What became, or would become, of them: numbers and names, no value of any. */
export interface BulkCounts {
  readonly found: number;
  /** Answered with every field that was asked about. */
  readonly answered: number;
  /** Answered with some of them: the others are still asked about. */
  readonly inPart: number;
  /** Somebody changed or answered them meanwhile. */
  readonly passedOver: number;
  /** How many fields take which end, such as `name parent`, the most first. */
  readonly taken: readonly (readonly [string, number])[];
  /** Those that the policy does not answer at all, by why they are asked about. */
  readonly left: readonly (readonly [string, number])[];
}

const PAGE = 200;

/**
 * Answers open conflicts by a policy, as a person would who looked at each; without `apply` says what it would do. Those that somebody has answered
 * already are none of them. `progress` is told how many were gone through.
 */
export async function resolveByPolicy(
  parts: BulkParts,
  asked: BulkAsked,
  apply: { readonly by: string } | null,
  progress: (done: number, of: number) => void = () => undefined,
): Promise<BulkCounts> {
  const counts = { found: 0, answered: 0, inPart: 0, passedOver: 0 };
  const [taken, left] = [new Map<string, number>(), new Map<string, number>()];
  const all = await summariesOf(parts.overview, asked);
  for (const summary of all) {
    const found = await choicesFor(parts, summary, asked);
    counts.found += 1;
    if (found === null || found.choices.length === 0) add(left, whyLeft(summary.reason, asked.policy));
    else if (apply !== null && !(await answer(parts, summary, found, asked, apply.by))) counts.passedOver += 1;
    else {
      counts[found.leaves.length === 0 ? 'answered' : 'inPart'] += 1;
      for (const word of countChoices(found.choices)) add(taken, word);
    }
    progress(counts.found, all.length);
  }
  return { ...counts, taken: byCount(taken), left: byCount(left) };
}

/** All of them as they are now: answering takes some out of the list while it is gone through. */
async function summariesOf(overview: ConflictOverviewRepository, { link, category, field }: BulkAsked): Promise<readonly ConflictSummary[]> {
  const all: ConflictSummary[] = [];
  for (let isMore = true; isMore; ) {
    const filter = { link, category, field, states: ['open', 'assigned'], offset: all.length, limit: PAGE };
    const { conflicts } = await overview.list(ConflictFilter.parse(filter));
    all.push(...conflicts);
    isMore = conflicts.length === PAGE;
  }
  return all;
}

/** Null where the conflict is gone. */
async function choicesFor(parts: BulkParts, { id, record, link }: ConflictSummary, { policy, field }: BulkAsked): Promise<BulkChoices | null> {
  const found = await parts.overview.find(id);
  if (found === null || found.row.closed_at !== null) return null;
  const { row, agreement } = found;
  const [parent, child, decisions, sights] = await Promise.all([
    parts.snapshots.read(row.parent_snapshot),
    parts.snapshots.read(row.child_snapshot),
    parts.decisions.decisionsFor(link, record),
    parts.sights.of(link, record),
  ]);
  const seenAt = (side: SideName, path: string): number | null => sights(side, sightAt(agreement, side, side === 'parent' ? parent : child, path));
  const by: ByPolicy = { policy, seenAt, atOnceSeconds: parts.atOnceSeconds, ...(field === undefined ? {} : { field }) };
  const category = parent.presence === 'absent' ? child.category : parent.category;
  return bulkChoices({ link, category, agreement, parent, child, decisions }, by);
}

async function answer({ desk }: BulkParts, { id, version }: ConflictSummary, { choices }: BulkChoices, { policy }: BulkAsked, by: string): Promise<boolean> {
  return (await desk.answer(id, { version, choices: [...choices], note: `by policy ${policy}` }, by)).kind === 'taken';
}

/** Why it is still asked about, in words where the policy itself says no more. */
function whyLeft(reason: string, policy: PolicyWord): string {
  if (policy === 'newest' && reason === 'both-edited') return 'seen at once, or not known when';
  return policy === 'union' && (reason === 'both-edited' || reason === 'first-contact') ? 'two values' : reason;
}

const add = (counts: Map<string, number>, word: string): void => void counts.set(word, (counts.get(word) ?? 0) + 1);
const byCount = (counts: ReadonlyMap<string, number>) => [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
