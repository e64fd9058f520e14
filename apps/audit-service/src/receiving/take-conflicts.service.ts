import { Injectable } from '@nestjs/common';
import type { ConflictOrders, ConflictReport } from '@sync-hub/contracts';
import { ReceivedConflictRepository } from '@sync-hub/persistence';
import { Hub } from '@sync-hub/runtime';

/** Takes what another instance says of its conflicts: once this returns it is committed. */
@Injectable()
export class TakeConflictsService {
  constructor(
    private readonly hub: Hub,
    private readonly received: ReceivedConflictRepository,
  ) {}

  async take(instance: string, report: ConflictReport): Promise<ConflictOrders> {
    const orders = await this.received.take(instance, report);
    this.hub.parts.log.debug('conflicts-received', { source: instance, count: report.open.length });
    return orders;
  }
}
