import type { DynamicModule } from '@nestjs/common';
import type { Hub } from '@sync-hub/runtime';
import { AnswerKeeper } from './answer-keeper.js';
import { ApplyAnswerStage } from './apply-answer.stage.js';
import { JudgeAnewService } from './judge-anew.service.js';
import { TellPeopleService } from './notices/tell-people.service.js';
import { OpenConflictStage } from './open-conflict.stage.js';
import { DESK, ReportConflictsService } from './reporting/report-conflicts.service.js';
import { ReportWorkService } from './reporting/report-work.service.js';

/** The conflict service, over the parts of a hub. */
export class ConflictServiceModule {
  static on(hub: Hub): DynamicModule {
    return {
      module: ConflictServiceModule,
      controllers: [OpenConflictStage, ApplyAnswerStage],
      providers: [
        AnswerKeeper,
        JudgeAnewService,
        ReportConflictsService,
        ReportWorkService,
        TellPeopleService,
        { provide: DESK, useFactory: () => hub.conflictDesk() },
        ...hub.providers(),
      ],
    };
  }
}
