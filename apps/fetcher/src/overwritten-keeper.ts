import { Injectable } from '@nestjs/common';
import type { Tx } from '@sync-hub/messaging';
import { type Overwriting, OverwrittenRepository, SnapshotRepository } from '@sync-hub/persistence';
import type { FinishedLook } from './look-keeper.js';

/** Raises what a write of ours has overwritten at a site. */
@Injectable()
export class OverwrittenKeeper {
  constructor(
    private readonly overwritten: OverwrittenRepository,
    private readonly snapshots: SnapshotRepository,
  ) {}

  /** The write of ours beside which the looked-at site tells of another one; asked where the record is as agreed, so that nothing else is seen of that. */
  find({ site, record }: Pick<FinishedLook, 'site' | 'record'>): Promise<Overwriting | null> {
    return this.overwritten.find(site, record);
  }

  /** What was changed there is seen, and is carried on. */
  explain(tx: Tx, { site, record }: FinishedLook): void {
    this.overwritten.explain(tx, site, record);
  }

  /** Asks a person about it: both ends are kept with the conflict as they are, and what stood at the site before. */
  async raise(tx: Tx, { site, record, read, known }: FinishedLook, overwriting: Overwriting): Promise<void> {
    const here = known.links.find(({ end }) => end.link.id === overwriting.link);
    if (here === undefined || here.stored.agreement === null) return;
    const own = await this.snapshots.keep(tx, site, known.generations[site] ?? 1, read);
    const snapshots = here.end.side === 'parent' ? { parent: own, child: overwriting.sourceSnapshot } : { parent: overwriting.sourceSnapshot, child: own };
    await this.overwritten.raise(tx, { overwriting, record, agreement: here.stored.agreement, snapshots });
  }
}
