import { type DynamicModule, type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import type {
  AccountDesk,
  AuditDesk,
  BulkDesk,
  ConfigurationDesk,
  ConflictDesk,
  FeedDesk,
  HeldDesk,
  LinkDesk,
  ManualRunDesk,
  OwnDesk,
  PatientDesk,
  PolicyRuleDesk,
  RecordDesk,
  SignInDesk,
  WidgetDesk,
} from '@sync-hub/contracts';
import type { Log } from '@sync-hub/observability';
import { type InstancesReader, Recent } from '@sync-hub/runtime';
import { AccessGuard } from './access/access.guard.js';
import { ACCOUNT_DESK, AccountController } from './access/account.controller.js';
import { Callers, CONSOLE_TOKEN, SIGN_IN_DESK } from './access/callers.js';
import { OIDC_SETTINGS, OidcController } from './access/oidc/oidc.controller.js';
import type { OidcSettings } from './access/oidc/provider.js';
import { OwnTokenController } from './access/own-token.controller.js';
import { SessionController } from './access/session.controller.js';
import { OPEN_API, OpenApiController } from './api/open-api.controller.js';
import { openApiOf } from './api/open-api.js';
import { routesOf } from './api/routes-of.js';
import { AUDIT_DESK, AuditController } from './audit/audit.controller.js';
import { AuditBodyController } from './audit/audit-body.controller.js';
import { AUDIT_MESSAGES, type ReadsMessages, Sync2MessagesController } from './audit/sync2-messages.controller.js';
import { BoardController } from './board/board.controller.js';
import { BOARD, BOARD_INSTANCES, BOARD_TIMES, type BoardTimes, BoardWatch } from './board/board-watch.js';
import { BodyInterceptor } from './body.interceptor.js';
import { CONFIGURATION_DESK, ConfigurationController } from './configuration/configuration.controller.js';
import { CONFLICT_DESK, ConflictController } from './conflicts/conflict.controller.js';
import { CONFLICT_REPORT, ConflictReportController, type ReportsConflicts } from './conflicts/conflict-report.controller.js';
import { Sync2Controller } from './conflicts/sync2.controller.js';
import { CONSOLE_WORDING, ConsoleController, type ConsoleWording, OVERVIEW_READER } from './console.controller.js';
import { FEED_DESK, FeedController } from './feeds/feed.controller.js';
import { HeldController } from './held/held.controller.js';
import { HELD_DESK, HeldRuns } from './held/held-runs.js';
import { RECORD_DESK, RecordController } from './held/record.controller.js';
import { LINK_DESK, LinkController } from './links/link.controller.js';
import { MANUAL_RUN_DESK, ManualRunController } from './manual-runs/manual-run.controller.js';
import { CONSOLE_ADDRESS, OnlyHereMiddleware } from './only-here.middleware.js';
import type { OverviewReader } from './overview.js';
import { OWN_DESK, OwnController } from './own/own.controller.js';
import { PATIENT_DESK, PatientController } from './patients/patient.controller.js';
import { BulkController } from './rules/bulk.controller.js';
import { BULK_DESK, BulkRuns } from './rules/bulk-runs.js';
import { POLICY_RULE_DESK, RuleController } from './rules/rule.controller.js';
import { CONSOLE_LOG } from './unreadable.filter.js';
import { readWebFiles, WEB_FILES } from './web-files.js';
import { WIDGET_DESK, WidgetController } from './widget/widget.controller.js';
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
  /** ... and of routes that are looked through by hand. */
  readonly runs: ManualRunDesk;
  /** ... of how far feeds have been read. */
  readonly feeds: FeedDesk;
  /** ... of what of a site has not arrived ... */
  readonly own: OwnDesk;
  /** What anybody may see of sites. */
  readonly widgets: WidgetDesk;
  /** ... of links that people stop, and let go on. */
  readonly links: LinkDesk;
  /** ... of patients whom people stop, or have followed. */
  readonly patients: PatientDesk;
  /** ... and of one record. */
  readonly records: RecordDesk;
  /** ... and of the audit. */
  readonly auditDesk: AuditDesk;
  /** How often the board is told, and to how many. */
  readonly board?: Partial<BoardTimes>;
  /** How the instances do that report here; none reports where it is not there. */
  readonly instances?: InstancesReader;
  /** What clients of Sync 2.0 read of the audit; they find nothing where it is not there. */
  readonly audit?: ReadsMessages;
  /** What administrators ask of the configuration; its pages find nothing where it is not there. */
  readonly configuration?: ConfigurationDesk;
  /** Who signs in, and the accounts; where they are not there, the token alone opens anything. */
  readonly people?: { readonly signIn: SignInDesk; readonly accounts: AccountDesk };
  /** Who else vouches for people; nobody where it is not there. */
  readonly oidc?: OidcSettings;
  /** Opens the workbench on this machine, to whoever can read it there. */
  readonly token: string;
  /** Where people on other machines open it, asked for each request. Only this machine, unless told otherwise. */
  readonly address?: (() => string | undefined) | undefined;
  readonly log: Log;
}

/** However many windows are open. */
const OVERVIEW_KEPT_MS = 1000;

/** The console as a module: its page and API, asked from this machine only, or at the address that is configured, whatever application it is part of. */
@Module({})
export class ConsoleModule implements NestModule {
  static over({
    overview,
    wording = () => ({}),
    desk,
    rules,
    bulk,
    report,
    held,
    runs,
    feeds,
    own,
    widgets,
    links,
    patients,
    records,
    auditDesk,
    board,
    instances,
    people,
    token,
    address,
    log,
  }: ConsoleParts): DynamicModule {
    return {
      module: ConsoleModule,
      // The paths of reports and rules stand before that of one conflict.
      controllers: [
        ConsoleController,
        BoardController,
        ConflictReportController,
        RuleController,
        BulkController,
        ConflictController,
        HeldController,
        ManualRunController,
        FeedController,
        OwnController,
        WidgetController,
        LinkController,
        PatientController,
        RecordController,
        AuditBodyController,
        AuditController,
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
        { provide: BOARD_TIMES, useValue: { ...BOARD, ...board } satisfies BoardTimes },
        { provide: BOARD_INSTANCES, useValue: new Recent(async () => (await instances?.read()) ?? [], OVERVIEW_KEPT_MS) satisfies InstancesReader },
        BoardWatch,
        { provide: HELD_DESK, useValue: held },
        HeldRuns,
        { provide: MANUAL_RUN_DESK, useValue: runs },
        { provide: FEED_DESK, useValue: feeds },
        { provide: OWN_DESK, useValue: own },
        { provide: WIDGET_DESK, useValue: widgets },
        { provide: LINK_DESK, useValue: links },
        { provide: PATIENT_DESK, useValue: patients },
        { provide: RECORD_DESK, useValue: records },
        { provide: AUDIT_DESK, useValue: auditDesk },
        { provide: CONFLICT_REPORT, useValue: report },
        { provide: CONSOLE_TOKEN, useValue: token },
        { provide: CONSOLE_ADDRESS, useValue: address ?? (() => undefined) },
        { provide: SIGN_IN_DESK, useValue: people?.signIn ?? null },
        Callers,
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_INTERCEPTOR, useClass: BodyInterceptor },
        { provide: WORKBENCH_FILES, useFactory: () => readWorkbenchFiles() },
      ],
    };
  }

  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(OnlyHereMiddleware).forRoutes('{*any}');
  }
}

const zoneOfThisMachine = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

const NO_PROVIDER: OidcSettings = { current: () => undefined, secret: async () => '' };

/** The console, with what it tells of the audit, its accounts, and the configuration. */
export function consoleOver(parts: ConsoleParts): DynamicModule {
  const { controllers: usual = [], providers = [], ...module } = ConsoleModule.over(parts);
  const { audit, people, configuration, oidc = NO_PROVIDER } = parts;
  const controllers = [
    ...usual,
    OpenApiController,
    ...(audit === undefined ? [] : [Sync2MessagesController]),
    ...(configuration === undefined ? [] : [ConfigurationController]),
    ...(people === undefined ? [] : [SessionController, OidcController, AccountController, OwnTokenController]),
  ];
  return {
    ...module,
    controllers,
    providers: [
      ...providers,
      { provide: OPEN_API, useFactory: () => openApiOf(routesOf(controllers)) },
      { provide: AUDIT_MESSAGES, useValue: audit ?? null },
      { provide: ACCOUNT_DESK, useValue: people?.accounts ?? null },
      { provide: OIDC_SETTINGS, useValue: oidc },
      { provide: CONFIGURATION_DESK, useValue: configuration ?? null },
    ],
  };
}
