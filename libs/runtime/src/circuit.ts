import type { SiteId } from '@sync-hub/contracts';
import type { ClosedFor, Probe, SiteHealth } from '@sync-hub/messaging';
import type { Database, SiteRepository } from '@sync-hub/persistence';
import { TIMES, type Times } from './times.js';

/** What a probe of a site found: it answers, nobody answers, or it refuses the login. */
export interface ProbeAnswer {
  readonly state: 'up' | 'down' | 'locked-out';
  /** A constant code, `null` while up. */
  readonly code: string | null;
  /** Of one that is up: what our account may do there, in a word that changes with it. */
  readonly account?: string;
}

/** What a circuit asks of a site. */
export interface SiteQuestions {
  /** Is it there? `GET session`, nothing else. */
  ping(site: SiteId): Promise<ProbeAnswer>;
  /** What is it, and what can it do? Asked of one that answers. */
  learn(site: SiteId): Promise<ProbeAnswer>;
  /** What this process remembers of what it can no longer holds. */
  forget(site: SiteId): void;
  /** Is it outside of its windows, so that nothing is to be asked of it? */
  rests(site: SiteId): boolean;
}

/** Code of a site that answers, and is older than what we can read. */
export const TOO_OLD = 'too-old';

/** So much later than its session may log in again is a site that locked us out probed again. */
const AFTER_UNLOCK_SECONDS = 2;

/** How long until the site is probed again. */
export function nextProbeSeconds({ state, code }: ProbeAnswer, { probeUpSeconds, probeDownSeconds, unlockSeconds }: Times): number {
  if (state === 'locked-out') return unlockSeconds + AFTER_UNLOCK_SECONDS;
  return state === 'up' || code === TOO_OLD ? probeUpSeconds : probeDownSeconds;
}

/** The circuits of all sites, one row each, and which of them rest. Every service listens; only a probe opens and closes one. */
export class Circuit implements SiteHealth {
  private readonly underway = new Map<SiteId, Promise<ProbeAnswer['state']>>();
  private readonly revisions = new Map<SiteId, number>();

  constructor(
    private readonly database: Database,
    private readonly sites: SiteRepository,
    private readonly questions: SiteQuestions,
    private readonly onChange: (site: SiteId, state: ProbeAnswer['state']) => void = () => undefined,
    private readonly times: Times = TIMES,
  ) {}

  /** Probes now, once for all who ask at the same time. One that rests is not asked, and one that is locked out not before its time: the login itself would extend the lock. */
  async confirm(site: SiteId): Promise<Probe> {
    if (this.questions.rests(site)) return 'rests';
    return this.once(site, async () => ((await this.sites.isLockedOutUntilLater(site)) ? 'locked-out' : this.probe(site)));
  }

  /** Probes a site whose time has come, as `takeDueProbes` says: also one that is locked out. */
  probeDue(site: SiteId): Promise<ProbeAnswer['state']> {
    return this.once(site, () => this.probe(site));
  }

  /** The sites whose circuits are open, or that rest. Reads all circuits, and sees on the way of which sites another process has learned something new. */
  async closed(): Promise<ReadonlyMap<SiteId, ClosedFor>> {
    const circuits = await this.sites.circuits();
    for (const { id, capabilityRevision } of circuits) {
      if (this.revisions.get(id) !== capabilityRevision) this.questions.forget(id);
      this.revisions.set(id, capabilityRevision);
    }
    return new Map(
      circuits.flatMap(({ id, state }): (readonly [SiteId, ClosedFor])[] => {
        if (this.questions.rests(id)) return [[id, 'site-rests']];
        return state === 'up' ? [] : [[id, 'site-down']];
      }),
    );
  }

  private once(site: SiteId, probe: () => Promise<ProbeAnswer['state']>): Promise<ProbeAnswer['state']> {
    const asked = this.underway.get(site) ?? probe().finally(() => this.underway.delete(site));
    this.underway.set(site, asked);
    return asked;
  }

  private async probe(site: SiteId): Promise<ProbeAnswer['state']> {
    const answer = await this.answerOf(site);
    const { state, code } = answer;
    const { result: hasChanged } = await this.database.transaction((tx) =>
      this.sites.probed(tx, site, { state, reason: code, nextProbeSeconds: nextProbeSeconds(answer, this.times) }),
    );
    if (hasChanged) this.onChange(site, state);
    return state;
  }

  /** A server is upgraded while it is down: one that comes back is asked what it can before anything is sent to it, one where our account may something else at once, and the others once a day. */
  private async answerOf(site: SiteId): Promise<ProbeAnswer> {
    const answer = await this.questions.ping(site);
    if (answer.state !== 'up' || !(await this.sites.isToBeLearned(site, answer.account ?? null, this.times.learnAgainSeconds))) return answer;
    return this.questions.learn(site);
  }
}
