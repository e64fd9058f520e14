import { Injectable } from '@nestjs/common';
import type { SiteId } from '@sync-hub/contracts';
import { BrakeRepository, type VoidToCount } from '@sync-hub/persistence';
import { Hub } from '@sync-hub/runtime';
import type { Round } from './bases.js';
import { judgeBrake } from './judge-brake.js';

/** Pauses a link on which more is to be voided than people void: what is wrong then is not a record, and a person must look. */
@Injectable()
export class LinkBrake {
  constructor(
    private readonly hub: Hub,
    private readonly brakes: BrakeRepository,
  ) {}

  /** May the round void its record? Counts it if so, before it is done. Pauses the link if not, and says so once. */
  lets({ job }: Pick<Round, 'job'>): Promise<boolean> {
    return this.letsVoid({ link: job.route.link, jobId: job.id, aggregate: job.record.aggregate, openedAt: job.openedAt }, job.route.source);
  }

  /** The same of a void that comes from that site, by whatever asks for it. */
  async letsVoid(asked: VoidToCount, source: SiteId): Promise<boolean> {
    const { parts, rules, outgoing } = this.hub;
    const link = rules.link(asked.link);
    if (link === null) return false;
    const { result, said } = await parts.database.transaction(async (tx) => {
      const counts = await this.brakes.count(tx, asked);
      if (counts === 'braked' || counts === 'looked-at') return { lets: counts === 'looked-at', braked: null };
      const reason = judgeBrake(counts, link.brake);
      if (reason === null) return { lets: true, braked: null };
      const voids = reason === 'voids-per-hour' ? counts.lastHour : counts.lastDayOfKind;
      await this.brakes.brake(tx, asked, source, { reason, voids });
      return { lets: false, braked: { reason, voids } };
    });
    await outgoing.send(said);
    if (result.braked !== null)
      parts.log.warn('link-braked', {
        link: link.id,
        site: source,
        code: result.braked.reason,
        count: result.braked.voids,
        category: asked.aggregate,
      });
    return result.lets;
  }
}
