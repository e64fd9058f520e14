import type { DynamicModule } from '@nestjs/common';
import type { Hub } from '@sync-hub/runtime';
import { AnswerWhyService } from './answer-why.service.js';
import { Asking } from './asking.js';
import { AtChild } from './at-child.js';
import { Bases } from './bases.js';
import { DeparturesService } from './departures.service.js';
import { DryRunsService } from './dry-runs/dry-runs.service.js';
import { HoldKeeper } from './hold-keeper.js';
import { IntendedWrite } from './intended-write.js';
import { JobsInHand } from './jobs-in-hand.js';
import { KeepingReader } from './keeping-reader.js';
import { Leaving } from './leaving.js';
import { LinkBrake } from './link-brake.js';
import { PatientGate } from './patient-gate.js';
import { PolicyJudge } from './policy-judge.js';
import { PushStage } from './push.stage.js';
import { ReleaseWaitingStage } from './release-waiting.stage.js';
import { Returning } from './returning.js';
import { RoundDecider } from './round-decider.js';
import { RoundKeeper } from './round-keeper.js';
import { TargetReader } from './target-reader.js';
import { TargetWriter } from './target-writer.js';
import { WakeOverdueService } from './wake-overdue.service.js';

/** The pusher, over the parts of a hub. */
export class PusherModule {
  static on(hub: Hub): DynamicModule {
    return {
      module: PusherModule,
      controllers: [PushStage, ReleaseWaitingStage],
      providers: [
        ...hub.providers(),
        AnswerWhyService,
        Asking,
        AtChild,
        Bases,
        DeparturesService,
        DryRunsService,
        HoldKeeper,
        IntendedWrite,
        JobsInHand,
        KeepingReader,
        Leaving,
        LinkBrake,
        PatientGate,
        PolicyJudge,
        Returning,
        RoundDecider,
        RoundKeeper,
        TargetReader,
        TargetWriter,
        WakeOverdueService,
      ],
    };
  }
}
