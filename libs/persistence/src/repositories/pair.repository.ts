import type { LinkId, RecordRef, SiteId, Uuid } from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import { takeClaims } from '../claiming.js';
import type { Database } from '../database.js';
import { lockRecords } from '../record-locks.js';
import type { ChangeRepository, Look } from './change.repository.js';
import type { JobRepository } from './job.repository.js';
import { WaiterRepository } from './waiter.repository.js';

/** One person whom the two ends of a link know under two uuids. */
export interface Pair {
  readonly link: LinkId;
  readonly parent: SiteId;
  readonly child: SiteId;
  /** Under the uuid that is known everywhere: the parent's. */
  readonly record: RecordRef;
  /** What the child calls it. */
  readonly local: Uuid;
  /** Links on which what the child holds travels, this one included. */
  readonly linksOfChild: readonly LinkId[];
}

/** Why a pair is not made one, or not parted, now. `busy` passes by itself; `where` are links. */
export type PairHindrance =
  | { readonly why: 'busy' | 'already' | 'paired-otherwise' | 'not-accepted' }
  | { readonly why: 'agreed' | 'open-elsewhere'; readonly where: readonly LinkId[] };

/** What of the pairs' work is other repositories'. */
export interface PairParts {
  readonly changes: ChangeRepository;
  readonly jobs: JobRepository;
}

const sameRecord = ({ record, local }: Pair): RecordRef => ({ ...record, uuid: local });

/**
 * Pairs of patients that a person says are one: each is an alias at the child. Written by people alone, at the command line, with the claims of both
 * records at both ends in hand, so that nobody reads or writes either meanwhile.
 */
export class PairRepository {
  private readonly waiters: WaiterRepository;

  constructor(
    private readonly database: Database,
    private readonly parts: PairParts,
  ) {
    this.waiters = new WaiterRepository(database);
  }

  /** Takes both records at both ends; false, and nothing is taken, where somebody has one of them in hand. */
  async claim(holder: string, pair: Pair, leaseSeconds: number): Promise<boolean> {
    const claims = placesOf(pair).map(({ site, record }) => ({ holder, site, record, leaseSeconds }));
    const taken = await takeClaims(this.database, claims);
    if (taken.size === claims.length) return true;
    await this.release(holder);
    return false;
  }

  async release(holder: string): Promise<void> {
    await this.database.write(`delete from claim where holder = $1`, [holder]);
  }

  /** Makes the two one from now on; what waited for either is looked at again. Who calls has seen that neither end holds both, so that no create of either at the other's end has landed. */
  async accept(tx: Tx, pair: Pair, by: string, holder: string): Promise<PairHindrance | null> {
    await lockRecords(tx, [pair.record, sameRecord(pair)]);
    const hindrance = await this.hindrance(tx, pair, holder);
    if (hindrance !== null) return hindrance;
    await this.endJobs(tx, sameRecord(pair));
    await this.forgetCreates(tx, pair);
    await tx.query(`insert into alias (site, aggregate, uuid, local_uuid, accepted_on, accepted_by) values ($1, $2, $3, $4, $5, $6)`, [
      pair.child,
      pair.record.aggregate,
      pair.record.uuid,
      pair.local,
      pair.link,
      by,
    ]);
    await this.lookAgain(tx, pair, [pair.record]);
    return null;
  }

  /** Parts the two, while nothing is agreed on of them as one. */
  async undo(tx: Tx, pair: Pair, holder: string): Promise<PairHindrance | null> {
    await lockRecords(tx, [pair.record, sameRecord(pair)]);
    const hindrance = await this.undoHindrance(tx, pair, holder);
    if (hindrance !== null) return hindrance;
    await this.endJobs(tx, pair.record, pair.linksOfChild);
    await tx.query(`delete from alias where site = $1 and aggregate = $2 and uuid = $3`, [pair.child, pair.record.aggregate, pair.record.uuid]);
    await this.lookAgain(tx, pair, [pair.record, sameRecord(pair)]);
    return null;
  }

  /** Why the two cannot be made one now, as far as the hub itself knows; `null` where nothing speaks against it. */
  async hindrance(tx: Tx, pair: Pair, holder: string): Promise<PairHindrance | null> {
    const { child, record, local, link } = pair;
    const names = await tx.query<{ site: SiteId; uuid: Uuid; local_uuid: Uuid; accepted_on: LinkId | null }>(
      `select site, uuid, local_uuid, accepted_on from alias where aggregate = $1 and (uuid = $3 or (site = $2 and (uuid = $4 or local_uuid in ($3, $4))))`,
      [record.aggregate, child, local, record.uuid],
    );
    if (names.some((one) => one.site === child && one.uuid === record.uuid && one.local_uuid === local)) return { why: 'already' };
    if (names.length > 0) return { why: 'paired-otherwise' };
    const agreed = await tx.query<{ link: LinkId }>(
      `select distinct link from agreement where aggregate = $1 and (uuid = $2 or (uuid = $3 and link = any($4))) order by link`,
      [record.aggregate, local, record.uuid, pair.linksOfChild],
    );
    if (agreed.length > 0) return { why: 'agreed', where: agreed.map((one) => one.link) };
    const elsewhere = await tx.query<{ link: LinkId }>(
      `select link from conflict where aggregate = $1 and uuid = $2 and closed_at is null and link <> $3
       union select link from intent where aggregate = $1 and uuid = $2 and settled_at is null and link <> $3 order by link`,
      [record.aggregate, local, link],
    );
    if (elsewhere.length > 0) return { why: 'open-elsewhere', where: elsewhere.map((one) => one.link) };
    return (await this.isInHand(tx, pair, holder)) ? { why: 'busy' } : null;
  }

  private async undoHindrance(tx: Tx, pair: Pair, holder: string): Promise<PairHindrance | null> {
    const { child, record, local, link } = pair;
    const accepted = await tx.query(`select 1 from alias where site = $1 and aggregate = $2 and uuid = $3 and local_uuid = $4 and accepted_on = $5`, [
      child,
      record.aggregate,
      record.uuid,
      local,
      link,
    ]);
    if (accepted.length === 0) return { why: 'not-accepted' };
    const agreed = await tx.query<{ link: LinkId }>(
      `select link from agreement where aggregate = $1 and uuid = $2 and link = any($3)
       union select link from intent where aggregate = $1 and uuid = $2 and link = any($3) and settled_at is null order by link`,
      [record.aggregate, record.uuid, pair.linksOfChild],
    );
    if (agreed.length > 0) return { why: 'agreed', where: agreed.map((one) => one.link) };
    return (await this.isInHand(tx, pair, holder)) ? { why: 'busy' } : null;
  }

  /** A look that has read and not yet ended, or a write that may still land, knows them by the names that they had; and so do we no longer, once a claim of ours has run out. */
  private async isInHand(tx: Tx, { parent, child, record, local }: Pair, holder: string): Promise<boolean> {
    const [row] = await tx.query<{ open: string; landing: string; ours: string }>(
      `select (select count(*) from change where state = 'open' and aggregate = $3 and uuid in ($4, $5) and (site = $2 or (site = $1 and uuid = $5))) as open,
              (select count(*) from intent where settled_at is null and aggregate = $3 and uuid in ($4, $5) and site in ($1, $2)
                 and committed_at + make_interval(secs => longest_request_ms / 1000.0) > now()) as landing,
              (select count(*) from claim where holder = $6 and until > now()) as ours`,
      [parent, child, record.aggregate, record.uuid, local, holder],
    );
    return row === undefined || Number(row.open) + Number(row.landing) > 0 || Number(row.ours) < placesOf({ parent, child, record, local }).length;
  }

  /** Jobs that were opened under a name that it has no longer. */
  private async endJobs(tx: Tx, record: RecordRef, links?: readonly LinkId[]): Promise<void> {
    const rows = await tx.query<{ id: string }>(
      `select id from job where aggregate = $1 and uuid = $2 and state <> 'ended' and ($3::text[] is null or link = any($3)) order by id for update`,
      [record.aggregate, record.uuid, links ?? null],
    );
    for (const { id } of rows) await this.parts.jobs.supersede(tx, id);
  }

  /** Creates of the one at the other's end, which that end has refused: neither is there, as whoever calls has seen. */
  private async forgetCreates(tx: Tx, { parent, child, record, local }: Pair): Promise<void> {
    await tx.query(
      `update intent set settled_at = now(), settled_as = 'not-landed'
       where settled_at is null and aggregate = $1 and ((site = $2 and uuid = $3) or (site = $4 and uuid = $5))`,
      [record.aggregate, parent, local, child, record.uuid],
    );
  }

  /** Looks at these at both ends, and at all that waits for either of the two, or for the identifier of one. */
  private async lookAgain(tx: Tx, pair: Pair, records: readonly RecordRef[]): Promise<void> {
    const { parent, child } = pair;
    const waiting: Look[] = [];
    for (const { site, record } of placesOf(pair)) waiting.push(...(await this.waiters.looksFor(tx, site, record)));
    await this.parts.changes.open(tx, [...records.flatMap((record) => [parent, child].map((site) => ({ site, record, forced: true }))), ...waiting]);
  }
}

const placesOf = ({ parent, child, record, local }: Pick<Pair, 'parent' | 'child' | 'record' | 'local'>) =>
  [parent, child].flatMap((site) => [record, { ...record, uuid: local }].map((one) => ({ site, record: one })));
