import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { AUDIT_KINDS, AuditSealRepository, SEALED_AT_ONCE } from '@sync-hub/persistence';
import { Hub, Periodic } from '@sync-hub/runtime';

/** Seals the audit a moment after it was written. Of several replicas one does, whichever comes first. */
@Injectable()
export class SealAuditService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly work: Periodic;

  constructor(
    hub: Hub,
    private readonly seals: AuditSealRepository,
  ) {
    this.work = new Periodic('seal-audit', hub.times.sealAuditMs, () => this.seal(), hub.parts.log);
  }

  onApplicationBootstrap(): void {
    this.work.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.work.stop();
  }

  /** At once again where there may be more. */
  private async seal(): Promise<number | void> {
    const sealed: (number | null)[] = [];
    for (const kind of AUDIT_KINDS) sealed.push(await this.seals.sealNext(kind));
    return sealed.some((rows) => (rows ?? 0) >= SEALED_AT_ONCE) ? 0 : undefined;
  }
}
