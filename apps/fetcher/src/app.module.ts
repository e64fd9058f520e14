import type { DynamicModule } from '@nestjs/common';
import type { Hub } from '@sync-hub/runtime';
import { FetchStage } from './fetch.stage.js';
import { ListHistoryService } from './list-history.service.js';
import { LookKeeper } from './look-keeper.js';
import { LookThroughService } from './look-through.service.js';
import { OwnCreates } from './own-creates.js';

/** The fetcher, over the parts of a hub. */
export class FetcherModule {
  static on(hub: Hub): DynamicModule {
    return {
      module: FetcherModule,
      controllers: [FetchStage],
      providers: [...hub.providers(), LookKeeper, ListHistoryService, LookThroughService, OwnCreates],
    };
  }
}
