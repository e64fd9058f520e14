import { randomUUID } from 'node:crypto';
import { CARE_CATEGORIES, type CanonicalRecord, patientsOf } from '@sync-hub/categories';
import type { KnownForAdmission } from '@sync-hub/configuration';
import { withDecisions } from '@sync-hub/conflicts';
import { type DryEnd, NotAllowedError, type RecordRef, type Route, recordKey, type Uuid } from '@sync-hub/contracts';
import { otherSide, revisedForDecision } from '@sync-hub/merge';
import type { Verdict } from '@sync-hub/messaging';
import type { CallOptions } from '@sync-hub/openmrs';
import type { ClosedClass, Job } from '@sync-hub/persistence';
import { type AtTheGate, closingOf, type Hub, likelyAction, shutOutBy, shutOutUnread } from '@sync-hub/runtime';
import type { Known } from '../bases.js';
import { foretellingOfRecord } from '../foretelling.js';
import type { Metering } from '../reading-clients.js';
import { type DryVerdict, dryEnd, dryEndOf } from './ends-of-verdicts.js';

/** What a run that writes would know of a record by then, though it is not stored. */
export interface KnownInRun {
  /** Something of the run would wait for it. */
  readonly isAlong: boolean;
  /** What would come of these people in the run. */
  readonly people: (uuids: readonly Uuid[]) => Promise<ReadonlyMap<Uuid, DryEnd>>;
}

/** A policy that decides, and what is left is asked about anew. */
const MOST_DECISIONS = 5;
/** Of them it says nothing whether the child would hold her. */
const UNTOLD: readonly DryEnd[] = ['cannot-be-read', 'would-void'];

type AheadOfRecord = ReturnType<typeof foretellingOfRecord>;

/** What would come of one record on a route if it was looked at there by hand: read at both ends, admitted, and planned as the stages do it, with nothing written anywhere. */
export class RecordAhead {
  private readonly on: AheadOfRecord;

  constructor(
    private readonly hub: Hub,
    private readonly route: Route,
    metering: Metering,
  ) {
    this.on = foretellingOfRecord(hub, metering);
  }

  /** Throws SyncError where an end cannot be asked. */
  async of(record: RecordRef, known: KnownInRun, options: CallOptions): Promise<DryVerdict> {
    const { source } = this.route;
    const one: AtTheGate = { class: record.aggregate, subject: '', doing: 'look' };
    if (shutOutBy(await this.hub.classGate.at(source), one) !== null) return dryEnd('would-be-held', 'class-closed');
    return this.unlessNotAllowed(source, one, async () => {
      const client = await this.on.clients.of(source);
      const canonical = await client.recordOf(record, options);
      // The other one is looked at in its place.
      if (recordKey(canonical) !== recordKey(record)) return { ...dryEnd('in-step', 'called-otherwise'), awaits: [recordKey(canonical)] };
      const found = await client.read(record, options);
      const open = (await this.hub.repositories.jobs.openFor([this.route.link], record)).find(({ route }) => route.direction === this.route.direction) ?? null;
      const incoming = found.presence === 'absent' ? await this.whereAbsent(found, open) : found;
      return 'as' in incoming ? incoming : this.atTarget(incoming, open, known, options);
    });
  }

  /** Deleted for good, where an entry of the feed has said so before; else just not there. */
  private async whereAbsent(found: CanonicalRecord, open: Job | null): Promise<CanonicalRecord | DryVerdict> {
    const { link, direction } = this.route;
    const { agreement } = await this.hub.repositories.agreements.find(link, found.record);
    const agreed = agreement?.[direction === 'pull' ? 'parent' : 'child'].presence ?? 'absent';
    const before = open === null ? null : await this.hub.repositories.snapshots.read(open.sourceSnapshot);
    if (agreed === 'voided' || agreed === 'gone' || before?.presence === 'gone')
      return { ...found, presence: 'gone', category: before?.category ?? found.category };
    return dryEnd('cannot-be-read', agreed === 'absent' && open === null ? 'absent' : 'missing-at-source');
  }

  private async atTarget(incoming: CanonicalRecord, open: Job | null, inRun: KnownInRun, options: CallOptions): Promise<DryVerdict> {
    const job = { ...(open ?? this.jobOf(incoming)), category: incoming.category };
    const inHand = { job, incoming, writesBy: null };
    const known = await this.on.bases.of(inHand);
    const away = await this.on.jobs.turnedAway(inHand, known, await this.instead(incoming, inRun));
    if (away !== null) return dryEnd('not-admitted', away.why);
    const { target } = this.route;
    const closed = await this.hub.classGate.at(target);
    const there = known.agreement?.[otherSide(known.sourceIs)].presence ?? null;
    const one: AtTheGate = { class: job.category, subject: '', doing: likelyAction(incoming, there) };
    if (known.own.length === 0 && shutOutUnread(closed, one) !== null) return dryEnd('would-be-held', 'class-closed');
    return this.unlessNotAllowed(target, one, async () => dryEndOf(await this.planned({ inHand, known, closed }, options)));
  }

  /** With what policies would decide, as the next look would find it decided. */
  private async planned(
    {
      inHand,
      known,
      closed,
    }: {
      readonly inHand: { readonly job: Job; readonly incoming: CanonicalRecord; readonly writesBy: null };
      readonly known: Known;
      readonly closed: readonly ClosedClass[];
    },
    options: CallOptions,
    times = 0,
  ): Promise<Verdict> {
    const verdict = await this.on.reader.read({ inHand, known, writing: 'dry-run', closed }, options);
    const made = this.on.asking.taken();
    if (made.length === 0 || times >= MOST_DECISIONS) return verdict;
    const decided = { ...known, agreement: revisedForDecision(known.agreement), decisions: withDecisions(known.decisions, made) };
    return this.planned({ inHand, known: decided, closed }, options, times + 1);
  }

  /** Whom the child would hold by then, and for whom something would wait there. */
  private async instead(incoming: CanonicalRecord, { isAlong, people }: KnownInRun): Promise<Partial<KnownForAdmission>> {
    if (this.route.direction !== 'pull') return {};
    const called = isAlong ? { isCalledFor: true } : {};
    if (!(CARE_CATEGORIES as readonly string[]).includes(incoming.category)) return called;
    const patients = patientsOf(incoming).map(({ uuid }) => uuid);
    const told = [...(await people(patients))].filter(([, as]) => !UNTOLD.includes(as));
    if (told.some(([, as]) => as !== 'not-admitted')) return { ...called, isOfMember: true };
    return told.length > 0 && told.length === patients.length ? { ...called, isOfMember: false } : called;
  }

  /** As a job that would be opened for it now. Nothing of it is stored. */
  private jobOf({ record, category }: CanonicalRecord): Job {
    const readNow = { sourceSnapshot: '', sourceHash: '', targetHash: null, readAtRevision: 0, sourceGeneration: 1, targetGeneration: 1, openedAt: new Date() };
    return { id: randomUUID(), route: this.route, record, category, state: 'looking', round: 1, ...readNow };
  }

  /** What our account may not do at a site closes the class there, as the site itself says of the account. */
  private async unlessNotAllowed(site: string, one: AtTheGate, work: () => Promise<DryVerdict>): Promise<DryVerdict> {
    try {
      return await work();
    } catch (error) {
      const closing = error instanceof NotAllowedError ? closingOf(error, site, one) : null;
      if (closing === null || !(await this.on.clients.lacks(site, closing.privilege))) throw error;
      return dryEnd('would-be-held', 'class-closed');
    }
  }
}
