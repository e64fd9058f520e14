import type { CanonicalRecord } from '@sync-hub/categories';
import {
  BugError,
  type Direction,
  type HeldName,
  type HeldProspect,
  type HeldWhyNow,
  NotAllowedError,
  SiteDownError,
  type SiteId,
  SiteRestsError,
  SyncError,
} from '@sync-hub/contracts';
import type { Verdict } from '@sync-hub/messaging';
import type { CallOptions } from '@sync-hub/openmrs';
import type { GroupedHeldRow, Job } from '@sync-hub/persistence';
import { type AtTheGate, type HeldDryRun, type Hub, likelyAction, shutOutBy } from '@sync-hub/runtime';
import { type Foretelling, foretellingOfJobs } from './foretelling.js';

/** A person waits. */
const WHOLE_RUN_MS = 60_000;

/**
 * What would come of a held job or change if it was looked at now: both ends are read, and the round is planned as the push stage plans it. Nothing is written: no site is
 * asked to change anything, no claim is taken, and no effect of a verdict is carried out.
 */
export function dryRunOn(hub: Hub): HeldDryRun {
  const run = new DryRun(hub);
  return async (row) => {
    try {
      return await run.of(row, { signal: AbortSignal.timeout(WHOLE_RUN_MS) });
    } catch (error) {
      if (error instanceof BugError || !(error instanceof SyncError)) throw error;
      return ofError(error, row.site);
    }
  };
}

const NOTHING = { site: null, why: null, code: null, names: [], hasChanged: null } as const;

const tell = (works: HeldWhyNow['works'], prospect: HeldProspect, more: Partial<HeldWhyNow> = {}): HeldWhyNow => ({ ...NOTHING, works, prospect, ...more });

const named = (names: readonly string[]): readonly HeldName[] => names.map((name) => ({ name, label: null }));

class DryRun {
  private readonly on: Foretelling;

  constructor(private readonly hub: Hub) {
    this.on = foretellingOfJobs(hub);
  }

  async of(row: GroupedHeldRow, options: CallOptions): Promise<HeldWhyNow> {
    const source = row.source ?? row.site;
    const away = await this.awayAmong([source, row.site]);
    if (away !== null) return away;
    if (row.kind === 'change') return this.ofChange(row, options);
    const job = await this.hub.repositories.jobs.find(row.id);
    if (job === null || this.hub.rules.link(job.route.link) === null) return tell('no', 'not-here');
    return this.ofJob(job, row, options);
  }

  /** What could not be looked at is read, and that is all that can be said: which routes admit it is for the mapper to say. */
  private async ofChange({ site, aggregate, uuid }: GroupedHeldRow, options: CallOptions): Promise<HeldWhyNow> {
    const read = await (await this.on.clients.of(site)).read({ aggregate, uuid }, options);
    return read.presence === 'absent' ? tell('no', 'cannot-be-read', { site, code: 'missing-at-source' }) : tell('yes', 'would-write', { site });
  }

  private async ofJob(stored: Job, row: GroupedHeldRow, options: CallOptions): Promise<HeldWhyNow> {
    const { source, target } = stored.route;
    const incoming = await this.incoming(stored, options);
    if (incoming === null) return tell('no', 'cannot-be-read', { site: source, code: 'missing-at-source' });
    const job: Job = { ...stored, category: incoming.category };
    const inHand = { job, incoming, writesBy: null };
    const known = await this.on.bases.of(inHand);
    if ((await this.on.jobs.turnedAway(inHand, known)) !== null) return tell('no', 'would-not-be-admitted', { site: target });
    const closed = await this.hub.classGate.at(target);
    const doing = likelyAction(incoming, known.agreement?.[known.sourceIs === 'parent' ? 'child' : 'parent'].presence ?? null);
    const gate: AtTheGate = { class: job.category, subject: '', doing };
    const shut = shutOutBy(closed, gate);
    if (shut !== null)
      return tell('no', 'would-be-held', {
        site: target,
        why: 'class-closed',
        code: shut.code,
        names: named(shut.privilege === null ? [] : [`privilege/${shut.privilege}`]),
      });
    const verdict = await this.on.reader.read({ inHand, known, writing: 'dry-run', closed }, options);
    return this.told(verdict, { job, row, incoming });
  }

  /** The source as it is now. One that was deleted for good, as its entry said when it was last looked at, is told as such. */
  private async incoming({ record, route, sourceSnapshot }: Job, options: CallOptions): Promise<CanonicalRecord | null> {
    const read = await (await this.on.clients.of(route.source)).read(record, { ...options });
    if (read.presence !== 'absent') return read;
    const before = await this.hub.repositories.snapshots.read(sourceSnapshot);
    return before.presence === 'gone' ? { ...read, presence: 'gone', category: before.category } : null;
  }

  private told(
    verdict: Verdict,
    { job, row, incoming }: { readonly job: Job; readonly row: GroupedHeldRow; readonly incoming: CanonicalRecord },
  ): HeldWhyNow | Promise<HeldWhyNow> {
    const site = job.route.target;
    switch (verdict.kind) {
      case 'end-job':
        return tell('yes', verdict.outcome === 'filtered' ? 'would-not-be-admitted' : 'would-end-equal', { site, code: verdict.outcome });
      case 'hold':
        return this.ofHold(verdict, { job, row, hasChanged: this.hasChanged(job, incoming, verdict.saw) });
      case 'postpone':
        return tell('later', 'rests', { site, code: verdict.reason });
      case 'look-again':
        return tell('yes', 'would-write', { site });
      case 'skip':
      case 'forward':
      case 'end-change':
        return tell('later', 'is-moving', { site });
    }
  }

  private ofHold(
    { held, reason, code, details }: Extract<Verdict, { kind: 'hold' }>,
    { job, row, hasChanged }: { readonly job: Job; readonly row: GroupedHeldRow; readonly hasChanged: boolean | null },
  ): HeldWhyNow | Promise<HeldWhyNow> {
    const names = named(namesOf(details));
    const more = { site: job.route.target, why: reason, code, names, hasChanged };
    if (held === 'conflict') return tell('no', 'would-ask', more);
    if (held === 'waiting') return tell('later', 'would-wait', more);
    return reason === 'observed' ? this.ofWrite(job, row, more) : tell('no', 'would-be-held', more);
  }

  /** Nothing hinders the write; whether the site takes it, it says only when it is asked. */
  private async ofWrite(
    { route, openedAt }: Job,
    { why, code }: GroupedHeldRow,
    told: Partial<HeldWhyNow> & { readonly hasChanged: boolean | null },
  ): Promise<HeldWhyNow> {
    const writing = this.hub.rules.writing(route.link);
    if (writing !== 'live') return tell('no', 'would-be-held', { ...told, why: writing === 'observe' ? 'observed' : 'read-only' });
    const standing = await this.hub.repositories.engines.standingForPush(route.link, this.hub.rules.current.instance.id, {
      direction: route.direction,
      openedAt,
    });
    if (standing === 'braked') return tell('no', 'rests', { ...told, code: 'link-braked' });
    if (standing === 'paused' || standing === 'draining') return tell('no', 'rests', { ...told, code: `link-${standing}` });
    if (this.hub.rules.secondsToSchedule(route.link, route.direction as Direction) > 0) return tell('later', 'rests', { ...told, code: 'outside-schedule' });
    const wasRefused = why === 'refused' || why === 'gave-up';
    if (wasRefused && told.hasChanged === false) return tell('no', 'would-be-refused', { ...told, why, code });
    return tell('yes', 'would-write', told);
  }

  /** `null` where the job had not seen its target when it was held. */
  private hasChanged({ sourceHash, targetHash }: Job, incoming: CanonicalRecord, saw: string | null): boolean | null {
    if (this.hub.repositories.snapshots.hashOf(incoming) !== sourceHash) return true;
    return saw === null || targetHash === null ? null : saw !== targetHash;
  }

  /** What is down, locked out, quarantined or rests is asked nothing, not even this. */
  private async awayAmong(sites: readonly SiteId[]): Promise<HeldWhyNow | null> {
    for (const site of sites) {
      if (this.hub.rules.isResting(site)) return tell('later', 'rests', { site, code: 'site-rests' });
      const found = (await this.hub.repositories.held.away()).find((one) => one.site === site);
      if (found !== undefined) return tell(found.state === 'down' ? 'later' : 'no', 'site-away', { site, code: found.state });
    }
    return null;
  }
}

function namesOf(details: Readonly<Record<string, unknown>>): readonly string[] {
  for (const key of ['missing', 'fields'] as const) if (Array.isArray(details[key])) return details[key].map(String);
  if (typeof details['holder'] === 'string') return [details['holder']];
  return typeof details['validator'] === 'string' ? [`validator/${details['validator']}`] : [];
}

function ofError(error: SyncError, target: SiteId): HeldWhyNow {
  const site = typeof error.details['site'] === 'string' ? error.details['site'] : target;
  if (error instanceof SiteRestsError) return tell('later', 'rests', { site, code: error.code });
  if (error instanceof SiteDownError || error.retry === 'when-site-is-back') return tell('later', 'site-away', { site, code: error.code });
  const privilege = error instanceof NotAllowedError ? error.details['privilege'] : undefined;
  const names = named(typeof privilege === 'string' ? [`privilege/${privilege}`] : []);
  return tell(error.retry === 'later' ? 'later' : 'no', 'cannot-be-read', { site, code: error.code, names });
}
