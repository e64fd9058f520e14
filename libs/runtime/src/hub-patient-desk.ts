import { type Configuration, type LinkConfiguration, linkOf, linksRunAt } from '@sync-hub/configuration';
import {
  type EraseDeed,
  type ErasedCounts,
  type FollowDeed,
  type FollowOutcome,
  type LinkId,
  type PatientDeed,
  type PatientDesk,
  type PatientErased,
  type PatientList,
  type PatientResumed,
  type PatientStopped,
  type RecordRef,
  recordKey,
  type SiteId,
  type UnfollowDeed,
  type Uuid,
} from '@sync-hub/contracts';
import type { Envelope, Tx } from '@sync-hub/messaging';
import {
  type ChangeRepository,
  type Database,
  type DepartureRepository,
  type FollowedRepository,
  newId,
  type PatientActRepository,
  type PatientErasureRepository,
  type PatientStopRepository,
} from '@sync-hub/persistence';

export interface PatientDeskParts {
  readonly database: Database;
  readonly stops: PatientStopRepository;
  readonly acts: PatientActRepository;
  readonly erasures: PatientErasureRepository;
  readonly followed: FollowedRepository;
  readonly departures: Pick<DepartureRepository, 'list'>;
  readonly changes: Pick<ChangeRepository, 'open'>;
  readonly configuration: () => Configuration;
  /** Puts on the bus what was said; without a bus it is left in the outbox, and the sweep sends it within seconds. */
  readonly send: (said: readonly Envelope[]) => Promise<void>;
}

type By<Deed> = Deed & { readonly by: string };

/** So much of hers is looked at again at once; what is left follows within seconds. */
const WOKEN_AT_ONCE = 500;
const MOST_DEPARTED = 200;
/** What was stored by so long ago was there when it was looked for. */
const CLOCKS_DIFFER_MS = 60_000;

const distinct = (records: readonly RecordRef[]): readonly RecordRef[] => [...new Map(records.map((record) => [recordKey(record), record])).values()];

/** Patients on the links that this hub runs, for people: they stop one, let her go on, and have her followed for a while. */
export class HubPatientDesk implements PatientDesk {
  constructor(private readonly parts: PatientDeskParts) {}

  async list(): Promise<PatientList> {
    const { links } = this.here(null);
    const { stops, acts, followed, departures } = this.parts;
    const [stopped, follows, departed] = await Promise.all([stops.list(), followed.list(links), departures.list(links, MOST_DEPARTED)]);
    const reasons = await acts.reasonsOf([...stopped.map(({ id }) => id), ...follows.flatMap(({ actId }) => actId ?? [])]);
    return {
      links,
      stopped: stopped.map(({ id, since, erasedAt, ...one }) => ({
        ...one,
        since: since.toISOString(),
        erasedAt: erasedAt?.toISOString() ?? null,
        reason: reasons.get(id) ?? null,
      })),
      followed: follows.map(({ actId, since, until, ...one }) => ({
        ...one,
        since: since.toISOString(),
        until: until.toISOString(),
        reason: reasons.get(actId ?? '') ?? null,
      })),
      departed: departed.map(({ reason, since, ...one }) => ({ ...one, waitsFor: reason, since: since.toISOString() })),
    };
  }

  async stop({ link: named, reason, by, patient: told }: By<PatientDeed>): Promise<PatientStopped> {
    const { stops, acts } = this.parts;
    const link = named ?? null;
    const patient = await stops.canonicalOf(told);
    const site = this.siteOf(link);
    if (site === null) return { outcome: 'no-such-link', patient, isKnown: false, underWay: 0, elsewhere: [] };
    const isDone = await this.commit(async (tx) => {
      const id = newId();
      const isNew = await stops.stop(tx, { id, patient, link, by });
      if (isNew) await acts.note(tx, id, { patient, link, site, what: 'stopped', by, reason: reason?.trim() ?? null });
      return isNew;
    });
    const here = this.here(link);
    const [isKnown, underWay] = await Promise.all([stops.isKnown(patient, here), stops.underWay(patient, here.sites)]);
    return { outcome: isDone ? 'done' : 'as-it-is', patient, isKnown, underWay, elsewhere: link === null ? this.elsewhere() : [] };
  }

  async resume({ link: named, reason, by, patient: told }: By<PatientDeed>): Promise<PatientResumed> {
    const { stops, acts, changes } = this.parts;
    const link = named ?? null;
    const patient = await stops.canonicalOf(told);
    const site = this.siteOf(link);
    if (site === null) return { outcome: 'no-such-link', woken: 0 };
    const woken = await this.commit(async (tx) => {
      if (!(await stops.resume(tx, [patient, told], link))) return null;
      await acts.note(tx, newId(), { patient, link, site, what: 'resumed', by, reason: reason?.trim() ?? null });
      const anew = link === null ? await this.parts.erasures.takeNoted(tx, [patient, told]) : [];
      const looks = [...anew, ...(await stops.released(tx, WOKEN_AT_ONCE))];
      await changes.open(tx, looks);
      return looks.length;
    });
    return { outcome: woken === null ? 'as-it-is' : 'done', woken: woken ?? 0 };
  }

  async follow({ patient, link: id, seconds, reason = '', by }: By<FollowDeed>): Promise<FollowOutcome> {
    const link = this.linkHere(id);
    if (link === null) return 'no-such-link';
    if (link.classes.patient?.pull !== true) return 'not-pulled';
    const { acts, followed } = this.parts;
    await this.commit(async (tx) => {
      const actId = newId();
      await acts.keep(tx, actId, { patient, link: id, what: 'followed', by, reason: reason.trim() });
      await followed.follow(tx, { link: id, patient }, seconds, { who: by, child: link.child, actId });
      await this.lookAtParent(tx, link, patient);
    });
    return 'done';
  }

  async unfollow({ patient, link: id, by }: By<UnfollowDeed>): Promise<FollowOutcome> {
    const link = this.linkHere(id);
    if (link === null) return 'no-such-link';
    const isDone = await this.commit(async (tx) => {
      const done = await this.parts.followed.unfollow(tx, { link: id, patient }, { who: by, child: link.child });
      if (done) await this.lookAtParent(tx, link, patient);
      return done;
    });
    return isDone ? 'done' : 'as-it-is';
  }

  async kept(told: Uuid): Promise<ErasedCounts> {
    const { erasures, stops } = this.parts;
    return erasures.count(await erasures.recordsOf(await erasures.uuidsOf(await stops.canonicalOf(told))));
  }

  /** What is long to find is found before anything is locked; what was stored since, and whether anything is in hand, under the lock. */
  async erase({ patient: told, confirm, reason, by }: By<EraseDeed>): Promise<PatientErased> {
    const { erasures, stops, acts } = this.parts;
    if (confirm.trim() !== told) return { outcome: 'not-confirmed', counts: null };
    const patient = await stops.canonicalOf(told);
    const uuids = await erasures.uuidsOf(patient);
    const begun = new Date(Date.now() - CLOCKS_DIFFER_MS);
    const before = await erasures.recordsOf(uuids);
    return this.commit(async (tx) => {
      await erasures.lock(tx);
      const records = distinct([...before, ...(await erasures.recordsOf(uuids, tx, begun))]);
      if (await erasures.isInHand(tx, records)) return { outcome: 'in-hand', counts: null };
      if (!(await erasures.mark(tx, uuids))) return { outcome: 'not-stopped', counts: null };
      const counts = await erasures.count(records, tx);
      await erasures.erase(tx, patient, records, this.ends());
      const site = this.parts.configuration().instance.id;
      await acts.note(tx, newId(), { patient, link: null, site, what: 'erased', by, reason: reason.trim() });
      return { outcome: 'done', counts };
    });
  }

  private ends() {
    return linksRunAt(this.parts.configuration()).flatMap(({ id, parent, child }) => [parent, child].map((site) => ({ link: id, site })));
  }

  private lookAtParent(tx: Tx, { parent }: LinkConfiguration, uuid: string): Promise<void> {
    return this.parts.changes.open(tx, [{ site: parent, record: { aggregate: 'person', uuid } }]);
  }

  private async commit<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
    const { result, said } = await this.parts.database.transaction(work);
    await this.parts.send(said);
    return result;
  }

  /** `null` where this instance does not run it. */
  private linkHere(id: LinkId): LinkConfiguration | null {
    const current = this.parts.configuration();
    const link = linkOf(current, id);
    return link?.runsAt === current.instance.id ? link : null;
  }

  /** Whom a message about it names: the link's child, or the instance; `null` where it does not run the link. */
  private siteOf(id: LinkId | null): SiteId | null {
    return id === null ? this.parts.configuration().instance.id : (this.linkHere(id)?.child ?? null);
  }

  private here(id: LinkId | null): { readonly links: readonly LinkId[]; readonly sites: readonly SiteId[] } {
    const links = linksRunAt(this.parts.configuration()).filter((one) => id === null || one.id === id);
    return { links: links.map((one) => one.id), sites: [...new Set(links.flatMap(({ parent, child }) => [parent, child]))] };
  }

  private elsewhere(): readonly LinkId[] {
    const { links, instance } = this.parts.configuration();
    return links.filter(({ runsAt }) => runsAt !== instance.id).map(({ id }) => id);
  }
}
