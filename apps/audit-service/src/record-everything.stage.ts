import type { PayloadFor } from '@sync-hub/contracts';
import { forward, Stage, type StageContext, type StageHandler, type Verdict } from '@sync-hub/messaging';
import { AuditRepository } from '@sync-hub/persistence';

/** Writes down everything it hears. */
@Stage('record')
export class RecordEverythingStage implements StageHandler<'record'> {
  constructor(private readonly audit: AuditRepository) {}

  async handle(payload: PayloadFor<'record'>, { messageId, about }: StageContext): Promise<Verdict> {
    const [type = '', row = ''] = messageId.split(':');
    return forward((tx) =>
      this.audit.record(tx, { messageId, type, site: payload.site, payload: { ...payload }, correlationId: row, timestamp: new Date(), ...about }),
    );
  }
}
