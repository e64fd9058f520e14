import { Injectable } from '@nestjs/common';
import { BrakeRepository } from '@sync-hub/persistence';
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
  async lets({ job }: Round): Promise<boolean> {
    const { parts, rules, outgoing } = this.hub;
    const link = rules.link(job.route.link);
    if (link === null) return false;
    const asked = { link: link.id, jobId: job.id, aggregate: job.record.aggregate, openedAt: job.openedAt };
    const { result, said } = await parts.database.transaction(async (tx) => {
      const counts = await this.brakes.count(tx, asked);
      if (counts === 'braked' || counts === 'looked-at') return { lets: counts === 'looked-at', braked: null };
      const reason = judgeBrake(counts, link.brake);
      if (reason === null) return { lets: true, braked: null };
      const voids = reason === 'voids-per-hour' ? counts.lastHour : counts.lastDayOfKind;
      await this.brakes.brake(tx, asked, job.route.source, { reason, voids });
      return { lets: false, braked: { reason, voids } };
    });
    await outgoing.send(said);
    if (result.braked !== null)
      parts.log.warn('link-braked', {
        link: link.id,
        site: job.route.source,
        code: result.braked.reason,
        count: result.braked.voids,
        category: asked.aggregate,
      });
    return result.lets;
  }
}
