import type { DynamicModule } from '@nestjs/common';
import type { Hub } from '@sync-hub/runtime';
import { KeepAuditService } from './keep-audit.service.js';
import { ReceiveAuditService } from './receiving/receive-audit.service.js';
import { TakeConflictsService } from './receiving/take-conflicts.service.js';
import { TakeReportService } from './receiving/take-report.service.js';
import { TakeWorkService } from './receiving/take-work.service.js';
import { RecordEverythingStage } from './record-everything.stage.js';
import { SealAuditService } from './seal-audit.service.js';
import { ShipAuditService } from './shipping/ship-audit.service.js';

/** The audit service, over the parts of a hub. */
export class AuditServiceModule {
  static on(hub: Hub): DynamicModule {
    return {
      module: AuditServiceModule,
      controllers: [RecordEverythingStage],
      providers: [
        ...hub.providers(),
        KeepAuditService,
        ReceiveAuditService,
        SealAuditService,
        ShipAuditService,
        TakeConflictsService,
        TakeReportService,
        TakeWorkService,
      ],
    };
  }
}
