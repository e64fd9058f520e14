import { Injectable } from '@nestjs/common';
import { patientsOf } from '@sync-hub/categories';
import type { Verdict } from '@sync-hub/messaging';
import type { CallOptions, Exchange } from '@sync-hub/openmrs';
import { AuditBodyRepository } from '@sync-hub/persistence';
import { Hub } from '@sync-hub/runtime';
import { TargetReader, type ToRead } from './target-reader.js';

/** Reads a target, and has the round decided that comes of it, as `TargetReader` does; what is written by that is kept where the configuration says so, whatever becomes of it, and gathered nowhere where it does not. */
@Injectable()
export class KeepingReader {
  constructor(
    private readonly hub: Hub,
    private readonly bodies: AuditBodyRepository,
    private readonly targets: TargetReader,
  ) {}

  async read(toRead: ToRead, call: CallOptions): Promise<Verdict> {
    const keepDays = this.hub.rules.current.instance.audit?.bodies?.keepDays;
    if (keepDays === undefined) return this.targets.read(toRead, call);
    const { job, incoming } = toRead.inHand;
    const exchanges: Exchange[] = [];
    try {
      return await this.targets.read(toRead, { ...call, exchanged: (exchange) => void exchanges.push(exchange) });
    } finally {
      const { link, target: site } = job.route;
      const patient = patientsOf(incoming)[0]?.uuid ?? null;
      await this.bodies.keep({ jobId: job.id, site, link, record: job.record, patient }, exchanges, keepDays);
    }
  }
}
