import type { DynamicModule } from '@nestjs/common';
import type { Hub } from '@sync-hub/runtime';
import { CatchmentKeeper } from './catchment-keeper.js';
import { EndFollowingService } from './end-following.service.js';
import { FetchStage } from './fetch.stage.js';
import { ListHistoryService } from './list-history.service.js';
import { LookAtListsService } from './look-at-lists.service.js';
import { LookAtSettingsService } from './look-at-settings.service.js';
import { LookKeeper } from './look-keeper.js';
import { LookThroughService } from './look-through.service.js';
import { ManualRunsService } from './manual-runs/manual-runs.service.js';
import { MembershipKeeper } from './membership-keeper.js';
import { OverwrittenKeeper } from './overwritten-keeper.js';
import { OwnCreates } from './own-creates.js';
import { OwnWrites } from './own-writes.js';
import { PlaceKeeper } from './place-keeper.js';
import { ReadCohortsService } from './read-cohorts.service.js';
import { RecordLook } from './record-look.js';
import { TieKeeper } from './tie-keeper.js';

/** The fetcher, over the parts of a hub. */
export class FetcherModule {
  static on(hub: Hub): DynamicModule {
    return {
      module: FetcherModule,
      controllers: [FetchStage],
      providers: [
        ...hub.providers(),
        CatchmentKeeper,
        EndFollowingService,
        LookKeeper,
        ListHistoryService,
        LookAtListsService,
        LookAtSettingsService,
        LookThroughService,
        ManualRunsService,
        MembershipKeeper,
        OverwrittenKeeper,
        OwnCreates,
        OwnWrites,
        PlaceKeeper,
        ReadCohortsService,
        RecordLook,
        TieKeeper,
      ],
    };
  }
}
