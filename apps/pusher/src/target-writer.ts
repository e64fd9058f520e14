import { Injectable } from '@nestjs/common';
import { asAsked, asCarried, CATEGORIES, type CanonicalRecord, type Kind, type Reference } from '@sync-hub/categories';
import { recordKey, recordNamed, type SiteId, type Uuid } from '@sync-hub/contracts';
import { fieldNames } from '@sync-hub/merge';
import { endJob, hold, lookAgain, postpone, type Tx, type Verdict } from '@sync-hub/messaging';
import type { CallOptions, IdentifierHolder, SiteClient } from '@sync-hub/openmrs';
import { AgreementRepository, type ClosedClass } from '@sync-hub/persistence';
import { SiteClients } from '@sync-hub/runtime';
import type { Round } from './bases.js';
import { foretoldOf } from './foretold.js';
import { HoldKeeper } from './hold-keeper.js';
import { IntendedWrite } from './intended-write.js';
import { BEHIND_SECONDS } from './jobs-in-hand.js';
import { mergedAwayIn } from './merged-away.js';
import { planPush, type WritePlan } from './plan-push.js';
import { putOffReferences } from './put-off-references.js';
import { RoundKeeper } from './round-keeper.js';
import { oscillates } from './taking-turns.js';

/** How soon one whose patient was stopped at the last moment is held for it. */
const STOPPED_SECONDS = 1;

interface Checked {
  readonly plan: WritePlan;
  /** What it refers to and the target does not have. */
  readonly missing: readonly Reference[];
  readonly checkedAt: Date;
}

/** Proves that the target has what the record refers to and loses nothing by it, commits the intent, writes, and says what came of it. */
@Injectable()
export class TargetWriter {
  constructor(
    private readonly intended: IntendedWrite,
    private readonly keeper: RoundKeeper,
    private readonly holds: HoldKeeper,
    private readonly sites: SiteClients,
    private readonly agreements: AgreementRepository,
  ) {}

  async write(round: Round, plan: WritePlan, target: SiteClient, options: CallOptions): Promise<Verdict> {
    const checked = await this.check(round, plan, target, options);
    const hindrance = await this.hindrance(round, checked, target, options);
    if (hindrance !== null) return hindrance;
    if (await this.isCalledElsewhere(round)) return endJob('superseded');
    if (await this.landedUnderAnotherUuid(round, target, options)) return lookAgain('the target has it under another uuid');
    return this.send(round, checked.plan, target, options);
  }

  /** Nothing is sent: the site does not take such a record from us. */
  shut(round: Round, closed: ClosedClass): Verdict {
    return this.holds.shut(round, closed);
  }

  /**
   * What a live link would write is said by names, held as `observed`, and not written. What a person must mend first, metadata that is
   * missing or a deletion that would take others, is held as that. It waits for no record: nothing lands on a link that is observed.
   */
  async observe(round: Round, plan: WritePlan, target: SiteClient, options: CallOptions): Promise<Verdict> {
    if (isKeptByContent(round) && (await this.landedUnderAnotherUuid(round, target, options))) return lookAgain('the target has it under another uuid');
    const hindrance = await this.hindrance(round, await this.check(round, plan, target, options), target, options);
    if (hindrance !== null && !(hindrance.kind === 'hold' && hindrance.held === 'waiting')) return hindrance;
    return this.unlessDuplicate(round, plan, target, options);
  }

  /** What a live link's write would come to, short of what its target says to it; of what would wait also what would hold it after that. */
  async foretell(round: Round, plan: WritePlan, target: SiteClient, options: CallOptions): Promise<Verdict> {
    const checked = await this.check(round, plan, target, options);
    const without = async (missing: readonly Reference[]): Promise<Verdict> =>
      (await this.hindrance(round, { ...checked, missing }, target, options)) ?? (await this.unlessDuplicate(round, plan, target, options));
    const verdict = await without(checked.missing);
    if (verdict.kind !== 'hold') return verdict;
    const then = verdict.held === 'waiting' ? await without([]) : verdict;
    return { ...verdict, details: { ...verdict.details, ...foretoldOf(plan, checked.missing, then) } };
  }

  private async unlessDuplicate(round: Round, plan: WritePlan, target: SiteClient, options: CallOptions): Promise<Verdict> {
    const rival = await target.identifierHolder(round.held, { fields: plan.writes.fields }, options);
    if (rival !== null) return this.holdAsDuplicate(round, rival);
    return hold('parked', 'observed', wouldOf(plan, round.held), {
      details: { fields: fieldNames(plan.wrote) },
      effect: (tx) => this.keeper.keepBasis(tx, round),
      saw: this.holds.seen(round.held),
    });
  }

  /** As the refusal of a live link's write would be held. */
  private holdAsDuplicate(round: Round, { holder, identifierType }: IdentifierHolder): Verdict {
    return hold('parked', 'possible-duplicate', 'identifier-in-use', {
      details: { record: recordKey(round.job.record), holder: recordKey(holder), identifierType, site: round.job.route.target },
      effect: (tx) => this.keeper.keepBasis(tx, round),
      saw: this.holds.seen(round.held),
    });
  }

  /** What can be written now, and what it refers to in vain. What may be written later, and refers to what is missing, is left to the next round. */
  private async check(round: Round, plan: WritePlan, target: SiteClient, options: CallOptions): Promise<Checked> {
    const checkedAt = new Date();
    const missing = await this.missing(round, plan, target, options);
    const part = putOffReferences(plan, round.incoming.category, missing);
    return part === null ? { plan, missing, checkedAt } : { plan: part, missing: [], checkedAt };
  }

  /** Why the write must not be done now: what it refers to is not there, the ends take turns for ever, or it would take with it what nobody sent. */
  private async hindrance(round: Round, { plan, missing, checkedAt }: Checked, target: SiteClient, options: CallOptions): Promise<Verdict | null> {
    const saw = this.holds.seen(round.held);
    if (round.unfitBy !== null) {
      return hold('parked', 'refused', 'invalid', { details: { validator: round.unfitBy }, effect: (tx) => this.keeper.keepBasis(tx, round), saw });
    }
    const lost = await mergedAwayIn(round, plan, { source: () => this.sites.of(round.job.route.source), target }, options);
    if (lost !== null) return this.holds.asking(round, { reason: 'merged-away', paths: lost.paths }, { holder: recordKey(lost.patient) });
    if (missing.length > 0) {
      const held = { details: namesOf(missing), effect: (tx: Tx) => this.holds.wait(tx, round, missing, checkedAt), saw };
      const isMetadata = missing.some((one) => one.aggregate === null);
      return isMetadata ? hold('parked', 'unmapped', 'missing-metadata', held) : hold('waiting', 'reference', 'missing-reference', held);
    }
    const fields = fieldNames(plan.wrote);
    if (oscillates(round.known.stored.turns, round.job.route.direction, fields)) {
      return hold('parked', 'oscillates', 'oscillates', { details: { fields }, effect: (tx) => this.keeper.keepBasis(tx, round), saw });
    }
    const isVoid = plan.writes.presence === 'voided';
    const others = isVoid ? await this.takenUnasked(round, target, options) : [];
    // Who voids a list at one end has not seen whom it holds at the other.
    if (others.length === 0 && !(isVoid && round.hidesSome)) return null;
    return this.holds.askingToTake(round, others);
  }

  /** Live records that a void would take with it at the target, and that are not deleted at the source: nobody has asked for that. */
  private async takenUnasked({ job }: Round, target: SiteClient, options: CallOptions): Promise<readonly string[]> {
    const live = await target.dependants(job.record, options);
    if (live.length === 0) return live;
    const source = await this.sites.of(job.route.source);
    const stands = await Promise.all(live.map(async (named) => !(await isDeletedAt(source, named, options))));
    return live.filter((_, index) => stands[index]);
  }

  /**
   * A create that nobody answered may have landed at a site that would not take our uuid: it is searched for before anything is created there
   * again. What a site keeps by name, or has one of at most for a patient, is searched for before it is created at all.
   */
  private async landedUnderAnotherUuid({ job, incoming, held, known }: Round, target: SiteClient, options: CallOptions): Promise<boolean> {
    const wasTried = known.own.some((intent) => intent.held.presence === 'absent');
    if (held.presence !== 'absent' || !(wasTried || isKeptByContent({ incoming }))) return false;
    // Two that a patient has one of at most go by the parent's uuid, or each end would call both by the other's.
    const isParents = job.route.direction === 'push' && !wasTried && CATEGORIES[incoming.category].oneOfEach !== undefined;
    const isItsOwn = async (uuid: Uuid): Promise<boolean> =>
      isParents || (await this.agreements.find(job.route.link, { aggregate: job.record.aggregate, uuid })).agreement !== null;
    return (await target.findTwin(incoming, options, isItsOwn)) !== null;
  }

  /** What the source has is by now known as another record, that of the other end: its own job goes on. */
  private async isCalledElsewhere({ job, incoming, held }: Round): Promise<boolean> {
    if (held.presence !== 'absent' || CATEGORIES[incoming.category].oneOfEach === undefined) return false;
    const source = await this.sites.namesAt(job.route.source);
    return recordKey(await source.canonicalOf(job.record)) !== recordKey(job.record);
  }

  private async send(round: Round, plan: WritePlan, target: SiteClient, options: CallOptions): Promise<Verdict> {
    const { incoming, known } = round;
    const outcome = await this.intended.do(round, plan, target, options);
    if (outcome === 'behind') return postpone('configuration-behind', BEHIND_SECONDS);
    if (outcome === 'stopped') return postpone('patient-stopped', STOPPED_SECONDS);
    const { written, advanced } = outcome;
    const names = { fields: fieldNames(plan.wrote), lost: advanced.lost };
    if (advanced.third.length > 0) {
      const details = { fields: fieldNames(advanced.third) };
      return hold('conflict', 'third-value', 'third-value', { details, effect: (tx) => this.holds.third(tx, round, outcome), saw: this.holds.seen(written) });
    }
    const next = planPush({
      agreement: advanced.agreement,
      source: incoming,
      target: written,
      sourceIs: known.sourceIs,
      decisions: advanced.decisions,
      admitted: true,
      missing: [],
      intents: [],
    });
    if (plan.again || next.action === 'write' || next.action === 'ask')
      return lookAgain('there is more to do', (tx) => this.holds.landedInPart(tx, round, outcome));
    return endJob('pushed', (tx) => this.keeper.wrote(tx, round, outcome, plan.leavesForSource || (next.action === 'nothing' && next.leavesForSource)), names);
  }

  /** References of what is about to be written that the target does not have, proven by reading them there. */
  private async missing(
    { job, incoming, carried, asked }: Round,
    { writes }: WritePlan,
    target: SiteClient,
    options: CallOptions,
  ): Promise<readonly Reference[]> {
    const needed = incoming.references.filter((reference) => writes.fields.get(reference.path) !== undefined && writes.fields.get(reference.path) !== null);
    const distinct = [...new Map(needed.map((reference) => [nameOf(reference), reference])).values()];
    const present = await Promise.all(distinct.map(async (reference) => (await kindAt(target, reference, options)) !== null));
    const lacking = new Set(distinct.filter((_, index) => present[index] !== true).map(nameOf));
    // By every field that names it: one of them may be written later, another not.
    if (lacking.size === 0) return [];
    const wishes = await asked();
    const missing = needed.filter((reference) => lacking.has(nameOf(reference)));
    const landing = await Promise.all(missing.map((reference) => this.asLanding(reference, job.route.source, options)));
    return landing.flatMap((reference) => (reference === null ? [] : asAsked(asCarried(reference, carried), wishes)));
  }

  /** As what it will land: of several kinds that it may be the one that the source has it as, and nothing where the source has none. An obs lands with the record that it is part of, and wakes nobody by itself. */
  private async asLanding(reference: Reference, source: SiteId, options: CallOptions): Promise<Reference | null> {
    if (reference.aggregate !== 'obs' && reference.orElse === undefined) return reference;
    const site = await this.sites.of(source);
    const kind = reference.orElse === undefined ? reference : await kindAt(site, reference, options);
    if (kind === null) return null;
    if (kind.aggregate !== 'obs') return { ...reference, ...kind };
    const { aggregate, uuid } = await site.recordOf({ aggregate: 'obs', uuid: reference.uuid }, options);
    return { ...reference, resource: aggregate, aggregate, uuid };
  }
}

/** As which of the kinds that it may be the site has what is referred to; `null` where it has none. */
async function kindAt(site: SiteClient, { resource, aggregate, uuid, orElse = [] }: Reference, options: CallOptions): Promise<Kind | null> {
  for (const kind of [{ resource, aggregate }, ...orElse]) if (await site.has({ resource: kind.resource, uuid }, options)) return kind;
  return null;
}

/** Is what `resource/uuid` names deleted at the site? What the site does not know, or what is of no kind that travels, is not. */
async function isDeletedAt(site: SiteClient, named: string, options: CallOptions): Promise<boolean> {
  const record = recordNamed(named);
  if (record === null) return false;
  const presence = await site.presenceOf(record, options);
  return presence === 'voided' || presence === 'gone';
}

/** What is held as `observed` would do, as its code. */
function wouldOf({ writes }: WritePlan, held: CanonicalRecord): string {
  if (writes.presence !== undefined) return writes.presence === 'voided' ? 'would-void' : 'would-restore';
  return held.presence === 'absent' ? 'would-create' : 'would-change';
}

const nameOf = ({ resource, uuid }: Reference): string => `${resource}/${uuid}`;

const namesOf = (missing: readonly Reference[]) => ({
  // In one order, so that what waits for the same is held for the same.
  missing: [...new Set(missing.map(nameOf))].sort(),
  fields: fieldNames(missing.map((reference) => reference.path)),
});

const isKeptByContent = ({ incoming }: Pick<Round, 'incoming'>): boolean => {
  const { nameIsKey, oneOfEach } = CATEGORIES[incoming.category];
  return nameIsKey !== undefined || oneOfEach !== undefined;
};
