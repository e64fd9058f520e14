import type { DynamicModule } from '@nestjs/common';
import type { Hub } from '@sync-hub/runtime';
import { OpenConflictStage } from './open-conflict.stage.js';

/** The conflict service, over the parts of a hub. */
export class ConflictServiceModule {
  static on(hub: Hub): DynamicModule {
    return { module: ConflictServiceModule, controllers: [OpenConflictStage], providers: [...hub.providers()] };
  }
}
