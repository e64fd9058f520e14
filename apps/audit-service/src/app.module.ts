import type { DynamicModule } from '@nestjs/common';
import type { Hub } from '@sync-hub/runtime';
import { RecordEverythingStage } from './record-everything.stage.js';

/** The audit service, over the parts of a hub. */
export class AuditServiceModule {
  static on(hub: Hub): DynamicModule {
    return { module: AuditServiceModule, controllers: [RecordEverythingStage], providers: [...hub.providers()] };
  }
}
