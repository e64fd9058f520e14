import { Injectable } from '@nestjs/common';
import type { CanonicalRecord } from '@sync-hub/categories';
import { RecordFetched, type RecordRef, type SiteId } from '@sync-hub/contracts';
import { settledPresence } from '@sync-hub/merge';
import type { Tx } from '@sync-hub/messaging';
import type { CallOptions, SiteClient } from '@sync-hub/openmrs';
import { ChangeRepository, JobRepository, type OpenChange, SnapshotRepository, versionIn, WaiterRepository } from '@sync-hub/persistence';
import type { RecordKnowledge } from '@sync-hub/runtime';
import { CatchmentKeeper, type LookForCatchments } from './catchment-keeper.js';
import type { Refused } from './link-concerns.js';

/** One look at a record, with what was known before it. */
export interface FinishedLook extends LookForCatchments {
  readonly change: OpenChange;
  readonly round: number;
  readonly known: RecordKnowledge;
  /** What the site's feed tells of by this record's entries alone. */
  readonly alongside: readonly RecordRef[];
}

/** The sites to which a link lets the record not go, by what it excludes: who waits for it there is looked at again, and stays with it. */
const keptFrom = ({ judged }: Pick<FinishedLook, 'judged'>): readonly SiteId[] => judged.flatMap(({ target, keptBy }) => (keptBy === null ? [] : [target]));

/** Writes down what a look found. Each verb is one effect, and holds under the record's lock. */
@Injectable()
export class LookKeeper {
  constructor(
    private readonly changes: ChangeRepository,
    private readonly jobs: JobRepository,
    private readonly snapshots: SnapshotRepository,
    private readonly waiters: WaiterRepository,
    private readonly catchments: CatchmentKeeper,
  ) {}

  /** The change, if this round of it is still open. */
  begin(changeId: string, round: number): Promise<OpenChange | null> {
    return this.changes.begin(changeId, round);
  }

  /** An entry said that it was deleted at the site: one that asked for this look, or an earlier one, whose job is open still, or by which all that knew of it agree that it is voided. */
  async wasDeleted({ site, deletedEntry }: OpenChange, { links, generations }: RecordKnowledge): Promise<boolean> {
    if (deletedEntry) return true;
    const agreed = links
      .map(({ stored, end }) => settledPresence(stored.agreement?.[end.side].presence ?? 'absent'))
      .filter((presence) => presence !== 'absent');
    if (agreed.length > 0 && agreed.every((presence) => presence === 'voided')) return true;
    const outward = links.flatMap(({ openJobs }) =>
      openJobs.filter(({ route, sourceGeneration }) => route.source === site && sourceGeneration === generations[site]),
    );
    const read = await Promise.all(outward.map(({ sourceSnapshot }) => this.snapshots.read(sourceSnapshot)));
    return read.some(({ presence }) => presence === 'gone');
  }

  /** What a catchment goes by, and only the site tells. Called before anything is asked of what is known. */
  async listTies(client: SiteClient, site: SiteId, read: CanonicalRecord, options: CallOptions): Promise<void> {
    await this.catchments.listTies(client, site, read, options);
  }

  /** The site's own uuid of a record that is known by another one, or of a part of another record: that one is looked at. A purged part is no purge of the whole. */
  async isCalledElsewhere(tx: Tx, { site, record, deletedEntry, forced, forcedOn }: OpenChange, canonical: RecordRef): Promise<void> {
    const look = { site, record: canonical, deletedEntry: deletedEntry && canonical.aggregate === record.aggregate, forced };
    await this.changes.open(tx, [look, ...forcedOn.map((link) => ({ ...look, forcedOn: link }))]);
  }

  /** The change ends. A job opened since its record was claimed reads this site after us, and misses nothing (docs/adr/0059). */
  async end(tx: Tx, look: FinishedLook): Promise<void> {
    await this.looked(tx, look);
  }

  /** No link admits it: who waits for it at their other ends is told. */
  async turnAway(tx: Tx, look: FinishedLook, refused: readonly Refused[]): Promise<void> {
    await this.end(tx, look);
    for (const { link, target, why } of refused) await this.jobs.nameBlocker(tx, target, look.record, `not admitted on ${link}: ${why}`);
  }

  /** Nothing of that uuid is at the site: who waits for it is told. Where the site lost it with an earlier life, the other ends are looked at, to bring it back. */
  async absent(tx: Tx, look: FinishedLook): Promise<void> {
    if (!(await this.looked(tx, look))) return;
    await this.changes.open(
      tx,
      look.known.links
        .filter(({ end, stored }) => stored.agreement !== null && stored.generations[end.side] < (look.known.generations[look.site] ?? 1))
        .map(({ end }) => ({ site: end.other, record: look.record, forced: true })),
    );
    for (const { end } of look.known.links) await this.jobs.nameBlocker(tx, end.other, look.record, `not at ${look.site}`);
  }

  /** Stores what was read, and says so. */
  async forward(tx: Tx, look: FinishedLook): Promise<void> {
    if (!(await this.looked(tx, look))) return;
    const snapshot = await this.snapshots.keep(tx, look.site, look.known.generations[look.site] ?? 1, look.read);
    const versionRead = versionIn(this.snapshots.hashOf(look.read));
    tx.say(RecordFetched, look.change.id, { changeId: look.change.id, round: look.round, record: look.record, site: look.site, snapshot, versionRead });
  }

  /** Notes the look, and wakes who waited at this very site for the record that is there, or whose identifier it had. False when the round is over. */
  private async looked(tx: Tx, look: FinishedLook): Promise<boolean> {
    const { change, round, site, record, read, known, alongside } = look;
    if (!(await this.changes.looked(tx, change, round, known))) return false;
    await this.catchments.keep(tx, look);
    await this.changes.open(tx, await this.waiters.looksFor(tx, site, record, read.presence === 'present'));
    for (const other of keptFrom(look)) await this.changes.open(tx, await this.waiters.looksFor(tx, other, record));
    await this.changes.open(
      tx,
      alongside.map((other) => ({ site, record: other })),
    );
    return true;
  }
}
