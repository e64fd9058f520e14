import type { DynamicModule } from '@nestjs/common';
import type { Hub } from '@sync-hub/runtime';
import { MapStage } from './map.stage.js';
import { RouteKeeper } from './route-keeper.js';

/** The mapper, over the parts of a hub. */
export class MapperModule {
  static on(hub: Hub): DynamicModule {
    return { module: MapperModule, controllers: [MapStage], providers: [...hub.providers(), RouteKeeper] };
  }
}
