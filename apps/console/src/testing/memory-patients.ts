import type {
  DepartedPatient,
  EraseDeed,
  ErasedCounts,
  FollowDeed,
  FollowedPatient,
  FollowOutcome,
  PatientDeed,
  PatientDesk,
  PatientErased,
  PatientList,
  PatientResumed,
  PatientStopped,
  StoppedPatient,
  UnfollowDeed,
} from '@sync-hub/contracts';

const COUNTS: ErasedCounts = { records: 12, snapshots: 31, agreements: 22, held: 3, conflicts: 1, decisions: 0, writes: 40, bodies: 2, words: 9, received: 0 };

type By<Deed> = Deed & { readonly by: string };

/** Patients without a hub behind them, on the links `central-kisumu` and `central-siaya`. */
export class MemoryPatients implements PatientDesk {
  stopped: readonly StoppedPatient[] = [];
  followed: readonly FollowedPatient[] = [];
  departed: readonly DepartedPatient[] = [];
  /** What the next stop is told. */
  underWay = 0;
  readonly links = ['central-kisumu', 'central-siaya'];

  async list(): Promise<PatientList> {
    const { links, stopped, followed, departed } = this;
    return { links, stopped, followed, departed };
  }

  async stop({ patient, link, by, reason }: By<PatientDeed>): Promise<PatientStopped> {
    const told = { patient, isKnown: true, underWay: this.underWay, elsewhere: [] };
    if (this.isElsewhere(link)) return { ...told, outcome: 'no-such-link' };
    if (this.stopped.some((one) => one.patient === patient && one.link === (link ?? null))) return { ...told, outcome: 'as-it-is' };
    this.stopped = [...this.stopped, { patient, link: link ?? null, by, reason: reason ?? null, since: new Date().toISOString(), waiting: 0, erasedAt: null }];
    return { ...told, outcome: 'done' };
  }

  async resume({ patient, link }: By<PatientDeed>): Promise<PatientResumed> {
    if (this.isElsewhere(link)) return { outcome: 'no-such-link', woken: 0 };
    const found = this.stopped.find((one) => one.patient === patient && one.link === (link ?? null));
    this.stopped = this.stopped.filter((one) => one !== found);
    return { outcome: found === undefined ? 'as-it-is' : 'done', woken: found?.waiting ?? 0 };
  }

  async follow({ patient, link, seconds, by, reason }: By<FollowDeed>): Promise<FollowOutcome> {
    if (this.isElsewhere(link)) return 'no-such-link';
    const now = Date.now();
    const [since, until] = [new Date(now).toISOString(), new Date(now + seconds * 1000).toISOString()];
    this.followed = [
      ...this.followed.filter((one) => one.patient !== patient || one.link !== link),
      { patient, link, by, since, until, reason: reason ?? null },
    ];
    return 'done';
  }

  async unfollow({ patient, link }: By<UnfollowDeed>): Promise<FollowOutcome> {
    if (this.isElsewhere(link)) return 'no-such-link';
    const before = this.followed.length;
    this.followed = this.followed.filter((one) => one.patient !== patient || one.link !== link);
    return this.followed.length < before ? 'done' : 'as-it-is';
  }

  async kept(): Promise<ErasedCounts> {
    return COUNTS;
  }

  async erase({ patient, confirm }: By<EraseDeed>): Promise<PatientErased> {
    if (confirm !== patient) return { outcome: 'not-confirmed', counts: null };
    const found = this.stopped.find((one) => one.patient === patient && one.link === null);
    if (found === undefined) return { outcome: 'not-stopped', counts: null };
    this.stopped = this.stopped.map((one) => (one === found ? { ...one, waiting: 0, reason: null, erasedAt: new Date().toISOString() } : one));
    return { outcome: 'done', counts: COUNTS };
  }

  private isElsewhere(link: string | undefined): boolean {
    return link !== undefined && !this.links.includes(link);
  }
}
