import type { DynamicModule } from '@nestjs/common';
import type { Hub } from '@sync-hub/runtime';
import { Bases } from './bases.js';
import { HoldKeeper } from './hold-keeper.js';
import { IntendedWrite } from './intended-write.js';
import { JobsInHand } from './jobs-in-hand.js';
import { LinkBrake } from './link-brake.js';
import { PushStage } from './push.stage.js';
import { ReleaseWaitingStage } from './release-waiting.stage.js';
import { RoundDecider } from './round-decider.js';
import { RoundKeeper } from './round-keeper.js';
import { TargetWriter } from './target-writer.js';
import { WakeOverdueService } from './wake-overdue.service.js';

/** The pusher, over the parts of a hub. */
export class PusherModule {
  static on(hub: Hub): DynamicModule {
    return {
      module: PusherModule,
      controllers: [PushStage, ReleaseWaitingStage],
      providers: [...hub.providers(), Bases, HoldKeeper, IntendedWrite, JobsInHand, LinkBrake, RoundDecider, RoundKeeper, TargetWriter, WakeOverdueService],
    };
  }
}
