import type { SiteId } from '@sync-hub/contracts';
import type { SiteHealth } from '@sync-hub/messaging';
import type { Database, SiteRepository } from '@sync-hub/persistence';
import { TIMES, type Times } from './times.js';

/** What a probe of a site found: it answers, nobody answers, or it refuses the login. */
export interface ProbeAnswer {
  readonly state: 'up' | 'down' | 'locked-out';
  /** A constant code, `null` while up. */
  readonly code: string | null;
}

/** Asks a site whether it is there: `GET session`, nothing else. */
export type Ping = (site: SiteId) => Promise<ProbeAnswer>;

/** So much later than its session may log in again is a site that locked us out probed again. */
const AFTER_UNLOCK_SECONDS = 2;

/** How long until the site is probed again. */
export function nextProbeSeconds(state: ProbeAnswer['state'], { probeUpSeconds, probeDownSeconds, unlockSeconds }: Times): number {
  if (state === 'locked-out') return unlockSeconds + AFTER_UNLOCK_SECONDS;
  return state === 'up' ? probeUpSeconds : probeDownSeconds;
}

/** The circuits of all sites, one row each. Every service listens; only a probe opens and closes one. */
export class Circuit implements SiteHealth {
  private readonly underway = new Map<SiteId, Promise<ProbeAnswer['state']>>();

  constructor(
    private readonly database: Database,
    private readonly sites: SiteRepository,
    private readonly ping: Ping,
    private readonly onChange: (site: SiteId, state: ProbeAnswer['state']) => void = () => undefined,
    private readonly times: Times = TIMES,
  ) {}

  /** Probes now, once for all who ask at the same time. A site that is locked out is not asked before its time: the login itself would extend the lock. */
  confirm(site: SiteId): Promise<ProbeAnswer['state']> {
    return this.once(site, async () => ((await this.sites.isLockedOutUntilLater(site)) ? 'locked-out' : this.probe(site)));
  }

  /** Probes a site whose time has come, as `takeDueProbes` says: also one that is locked out. */
  probeDue(site: SiteId): Promise<ProbeAnswer['state']> {
    return this.once(site, () => this.probe(site));
  }

  closed(): Promise<ReadonlySet<SiteId>> {
    return this.sites.closed();
  }

  private once(site: SiteId, probe: () => Promise<ProbeAnswer['state']>): Promise<ProbeAnswer['state']> {
    const asked = this.underway.get(site) ?? probe().finally(() => this.underway.delete(site));
    this.underway.set(site, asked);
    return asked;
  }

  private async probe(site: SiteId): Promise<ProbeAnswer['state']> {
    const { state, code } = await this.ping(site);
    const { result: hasChanged } = await this.database.transaction((tx) =>
      this.sites.probed(tx, site, { state, reason: code, nextProbeSeconds: nextProbeSeconds(state, this.times) }),
    );
    if (hasChanged) this.onChange(site, state);
    return state;
  }
}
