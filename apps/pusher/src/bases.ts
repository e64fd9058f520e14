import { Injectable } from '@nestjs/common';
import { type CanonicalRecord, metadataIn } from '@sync-hub/categories';
import type { Writing } from '@sync-hub/configuration';
import type { Metadata, SiteId } from '@sync-hub/contracts';
import { type Agreement, agreeAfterIntent, type Decision, otherSide, type SideName } from '@sync-hub/merge';
import type { Heard } from '@sync-hub/openmrs';
import {
  AgreementRepository,
  type ClosedClass,
  DecisionRepository,
  type Intent,
  IntentRepository,
  type Job,
  MetMetadataRepository,
  SiteRepository,
  type StoredAgreement,
  type WriteWindow,
} from '@sync-hub/persistence';
import type { Sight } from '@sync-hub/runtime';
import { afterIntent, type OpenIntent, sentBy } from './after-intent.js';
import type { JobInHand } from './jobs-in-hand.js';
import { givesWay, type UnsettledIntent } from './plan-push.js';
import { lateWindow } from './write-window.js';

/** What is known of a job's record before its target is read. */
export interface Known {
  readonly sourceIs: SideName;
  readonly stored: StoredAgreement;
  /** What it still says, now that the source was read in its present life. */
  readonly agreement: Agreement | null;
  readonly generations: Readonly<Record<SideName, number>>;
  readonly decisions: readonly Decision[];
  /** Writes to the target on this very route that nobody answered, oldest first. */
  readonly own: readonly Intent[];
  readonly others: readonly UnsettledIntent[];
  /** No write before that: another link's request may still land. */
  readonly writableAt: Date;
  /** The ends agreed on something, or a site began another life, since the source was read. */
  readonly isStale: boolean;
  /** One of the ends is not what it was, and nobody has looked at it yet: what was read there may be of another life, and is not passed on. */
  readonly isSuspended: boolean;
  /** Taken before the target is read. */
  readonly now: Date;
}

/** What the merge stands on, once every unanswered write has been accounted for. */
export interface Basis {
  readonly kind: 'basis';
  readonly agreement: Agreement | null;
  readonly decisions: readonly Decision[];
  /** With the paths that were found to have landed. */
  readonly settled: readonly {
    readonly id: string;
    readonly as: 'landed' | 'not-landed' | 'asked';
    readonly landed: readonly string[];
    readonly window?: WriteWindow | undefined;
  }[];
}

/** One round of a push, with the target read. */
export interface Round {
  readonly job: Job;
  readonly incoming: CanonicalRecord;
  readonly held: CanonicalRecord;
  /** Every answer of the target in this round, as it comes. */
  readonly heard: readonly Heard[];
  /** How the link sees what is read of the record at either end. */
  readonly sight: Sight;
  /** Does the target's record list patients whom the link does not see? */
  readonly hidesSome: boolean;
  readonly known: Known;
  readonly basis: Basis;
  /** As it was when this instance's claim on the link was asked for; `dry-run` only says what would come of it. */
  readonly writing: Writing | 'dry-run';
  /** As the job in hand has it. */
  readonly writesBy: string | null;
  /** Classes that are closed at the target. */
  readonly closed: readonly ClosedClass[];
  /** Metadata that this route carries. */
  readonly carried: ReadonlySet<Metadata>;
  /** What a person has asked to be pulled on the link, each as `aggregate/uuid`: waited for as what is carried. */
  readonly asked: () => Promise<ReadonlySet<string>>;
  /** The validator by which a person must mend the record before it is written. */
  readonly unfitBy: string | null;
}

/** Brings together what a merge needs to know besides the two ends. */
@Injectable()
export class Bases {
  constructor(
    private readonly agreements: AgreementRepository,
    private readonly intents: IntentRepository,
    private readonly decisions: DecisionRepository,
    private readonly sites: SiteRepository,
    private readonly met: MetMetadataRepository,
  ) {}

  /** Notes which metadata records of the link refer to: only that is compared of the kinds that have much. */
  meet({ job, incoming }: JobInHand): Promise<void> {
    return this.met.note(job.route.link, metadataIn(incoming.references));
  }

  async of({ job, incoming }: JobInHand): Promise<Known> {
    const { link, source, target, direction } = job.route;
    const now = new Date();
    const [stored, decisions, intents, lives] = await Promise.all([
      this.agreements.find(link, job.record),
      this.decisions.decisionsFor(link, job.record),
      this.intents.openFor([source, target], job.record),
      this.sites.lives([source, target]),
    ]);
    const own = intents.filter((intent) => intent.site === target && intent.link === link);
    const opposite = intents.filter((intent) => intent.site === source && intent.link === link);
    const otherLinks = intents.filter((intent) => intent.site === target && intent.link !== link);
    const generationOf = (site: SiteId): number => lives.find(({ id }) => id === site)?.generation ?? 1;
    const [here, there] = [generationOf(source), generationOf(target)];
    const sourceIs = direction === 'pull' ? 'parent' : 'child';
    return {
      sourceIs,
      stored,
      agreement: this.agreements.asOf(stored, sourceIs, here, incoming),
      generations: sourceIs === 'parent' ? { parent: here, child: there } : { parent: there, child: here },
      decisions,
      own,
      others: [...opposite.map((intent) => unsettled('opposite', intent)), ...otherLinks.map((intent) => unsettled('other-link', intent))],
      writableAt: new Date(Math.max(0, ...otherLinks.map((intent) => intent.committedAt.getTime() + intent.longestRequestMs))),
      isStale: givesWay({ job, agreement: stored.agreement, generations: { source: here, target: there } }),
      isSuspended: lives.some(({ isQuarantined }) => isQuarantined),
      now,
    };
  }

  /** What the merge stands on, now that the target was read: the agreement in this life of both ends, and every unanswered write accounted for. */
  after(known: Known, held: CanonicalRecord, heard: readonly Heard[]): ReturnType<typeof basisAfter> {
    const targetIs = otherSide(known.sourceIs);
    const agreement =
      known.agreement === null ? null : this.agreements.asOf({ ...known.stored, agreement: known.agreement }, targetIs, known.generations[targetIs], held);
    return basisAfter(known, { agreement, held, heard });
  }
}

const unsettled = (whose: UnsettledIntent['whose'], intent: Intent): UnsettledIntent => ({ whose, inHand: intent.isInHand, paths: [...sentBy(intent).keys()] });

/** What unanswered writes of this route left of the agreement; or until when they may still land. */
function basisAfter(
  known: Known,
  { agreement, held, heard }: { readonly agreement: Agreement | null; readonly held: CanonicalRecord; readonly heard: readonly Heard[] },
): Basis | { readonly kind: 'wait'; readonly seconds: number } {
  const waits = (until: Date) => ({ kind: 'wait' as const, seconds: Math.max(1, Math.ceil((until.getTime() - known.now.getTime()) / 1000)) });
  if (known.now < known.writableAt) return waits(known.writableAt);
  let basis: Basis = { kind: 'basis', agreement, decisions: known.decisions, settled: [] };
  for (const intent of known.own) {
    const end = afterIntent({ intent: intent satisfies OpenIntent, targetNow: held, now: known.now });
    if (end.kind === 'wait') return waits(end.until);
    if (end.kind === 'not-landed') {
      basis = { ...basis, settled: [...basis.settled, { id: intent.id, as: 'not-landed', landed: [] }] };
      continue;
    }
    const inDoubt = end.kind === 'ask' ? end.inDoubt : [];
    const after = agreeAfterIntent({
      agreement: basis.agreement,
      sourceIs: known.sourceIs,
      sends: sentBy(intent),
      landed: end.landed,
      inDoubt,
      decisions: basis.decisions,
    });
    const became =
      end.kind === 'ask' ? { as: 'asked' as const } : { as: 'landed' as const, window: lateWindow({ intent, now: known.now, after: held, heard }) };
    basis = { kind: 'basis', ...after, settled: [...basis.settled, { id: intent.id, landed: end.landed, ...became }] };
  }
  return basis;
}
