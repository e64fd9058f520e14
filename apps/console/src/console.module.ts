import { type DynamicModule, type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import type { BulkDesk, ConflictDesk, HeldDesk, PolicyRuleDesk, RecordDesk } from '@sync-hub/contracts';
import type { Log } from '@sync-hub/observability';
import { Recent } from '@sync-hub/runtime';
import { AUDIT_MESSAGES, type ReadsMessages, Sync2MessagesController } from './audit/sync2-messages.controller.js';
import { CONFLICT_DESK, ConflictController } from './conflicts/conflict.controller.js';
import { CONFLICT_REPORT, ConflictReportController, type ReportsConflicts } from './conflicts/conflict-report.controller.js';
import { CONSOLE_TOKEN } from './conflicts/only-with-token.guard.js';
import { Sync2Controller } from './conflicts/sync2.controller.js';
import { CONSOLE_WORDING, ConsoleController, type ConsoleWording, OVERVIEW_READER } from './console.controller.js';
import { HeldController } from './held/held.controller.js';
import { HELD_DESK, HeldRuns } from './held/held-runs.js';
import { RECORD_DESK, RecordController } from './held/record.controller.js';
import { OnlyHereMiddleware } from './only-here.middleware.js';
import type { OverviewReader } from './overview.js';
import { BulkController } from './rules/bulk.controller.js';
import { BULK_DESK, BulkRuns } from './rules/bulk-runs.js';
import { POLICY_RULE_DESK, RuleController } from './rules/rule.controller.js';
import { CONSOLE_LOG } from './unreadable.filter.js';
import { readWebFiles, WEB_FILES } from './web-files.js';
import { WorkbenchController } from './workbench/workbench.controller.js';
import { readWorkbenchFiles, WORKBENCH_FILES } from './workbench/workbench-files.js';

export interface ConsoleParts {
  /** What the page shows. */
  readonly overview: OverviewReader;
  /** Asked for each page. Sites by their ids and times in the zone of this machine, unless told otherwise. */
  readonly wording?: () => Partial<ConsoleWording>;
  /** What its workbench asks of conflicts. */
  readonly desk: ConflictDesk;
  /** ... of rules that people make of decisions ... */
  readonly rules: PolicyRuleDesk;
  /** ... of answering many by one policy ... */
  readonly bulk: BulkDesk;
  /** ... and of conflicts over time. */
  readonly report: ReportsConflicts;
  /** ... of what is held for another reason. */
  readonly held: HeldDesk;
  /** ... and of one record. */
  readonly records: RecordDesk;
  /** What clients of Sync 2.0 read of the audit; they find nothing where it is not there. */
  readonly audit?: ReadsMessages;
  /** Opens the workbench. */
  readonly token: string;
  readonly log: Log;
}

/** However many windows are open. */
const OVERVIEW_KEPT_MS = 1000;

/** The console as a module: its page and API, asked from this machine only, whatever application it is part of. */
@Module({})
export class ConsoleModule implements NestModule {
  static over({ overview, wording = () => ({}), desk, rules, bulk, report, held, records, token, log }: ConsoleParts): DynamicModule {
    return {
      module: ConsoleModule,
      // The paths of reports and rules stand before that of one conflict.
      controllers: [
        ConsoleController,
        ConflictReportController,
        RuleController,
        BulkController,
        ConflictController,
        HeldController,
        RecordController,
        Sync2Controller,
        WorkbenchController,
      ],
      providers: [
        { provide: OVERVIEW_READER, useValue: new Recent(() => overview.read(), OVERVIEW_KEPT_MS) satisfies OverviewReader },
        { provide: CONSOLE_WORDING, useValue: () => ({ titles: new Map(), timeZone: zoneOfThisMachine(), ...wording() }) },
        { provide: CONSOLE_LOG, useValue: log },
        { provide: WEB_FILES, useFactory: readWebFiles },
        { provide: CONFLICT_DESK, useValue: desk },
        { provide: POLICY_RULE_DESK, useValue: rules },
        { provide: BULK_DESK, useValue: bulk },
        BulkRuns,
        { provide: HELD_DESK, useValue: held },
        HeldRuns,
        { provide: RECORD_DESK, useValue: records },
        { provide: CONFLICT_REPORT, useValue: report },
        { provide: CONSOLE_TOKEN, useValue: token },
        { provide: WORKBENCH_FILES, useFactory: () => readWorkbenchFiles() },
      ],
    };
  }

  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(OnlyHereMiddleware).forRoutes('{*any}');
  }
}

const zoneOfThisMachine = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The console, and what it tells of the audit. */
export function consoleOver(parts: ConsoleParts): DynamicModule {
  const { controllers = [], providers = [], ...module } = ConsoleModule.over(parts);
  if (parts.audit === undefined) return { ...module, controllers, providers };
  return { ...module, controllers: [...controllers, Sync2MessagesController], providers: [...providers, { provide: AUDIT_MESSAGES, useValue: parts.audit }] };
}
