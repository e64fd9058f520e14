import { Injectable } from '@nestjs/common';
import type { WorkOrders, WorkReport } from '@sync-hub/contracts';
import { ReceivedWorkRepository } from '@sync-hub/persistence';
import { Hub } from '@sync-hub/runtime';

/** Takes what another instance says of its work: once this returns it is committed. */
@Injectable()
export class TakeWorkService {
  constructor(
    private readonly hub: Hub,
    private readonly received: ReceivedWorkRepository,
  ) {}

  async take(instance: string, report: WorkReport): Promise<WorkOrders> {
    const { result, said } = await this.hub.parts.database.transaction((tx) => this.received.take(tx, instance, report));
    await this.hub.outgoing.send(said);
    this.hub.parts.log.debug('work-received', { source: instance, count: report.held.count });
    return result;
  }
}
