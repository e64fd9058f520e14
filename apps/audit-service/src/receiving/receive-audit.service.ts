import { type DynamicModule, Injectable, Module, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Configuration } from '@sync-hub/configuration';
import { Hub, type OpenPort, openPort } from '@sync-hub/runtime';
import { AuditController, REPORT_SECRETS, TAKES_REPORTS } from './audit.controller.js';
import { ConflictsController, TAKES_CONFLICTS } from './conflicts.controller.js';
import { TakeConflictsService } from './take-conflicts.service.js';
import { TakeReportService } from './take-report.service.js';
import { TakeWorkService } from './take-work.service.js';
import { TAKES_WORK, WorkController } from './work.controller.js';

/** Twice what a report of the audit has, for those of versions to come; one of conflicts has as much at most. */
const LARGEST_BODY_BYTES = 1024 * 1024;

interface Takers {
  readonly reports: TakeReportService;
  readonly conflicts: TakeConflictsService;
  readonly work: TakeWorkService;
}

@Module({})
class ReceivingModule {
  static over(secrets: () => ReadonlyMap<string, string>, { reports, conflicts, work }: Takers): DynamicModule {
    return {
      module: ReceivingModule,
      controllers: [AuditController, ConflictsController, WorkController],
      providers: [
        { provide: REPORT_SECRETS, useValue: secrets },
        { provide: TAKES_REPORTS, useValue: reports },
        { provide: TAKES_CONFLICTS, useValue: conflicts },
        { provide: TAKES_WORK, useValue: work },
      ],
    };
  }
}

/** Listens for the instances that ship their audit here, and tell of their conflicts and their work, where there are any. */
@Injectable()
export class ReceiveAuditService implements OnApplicationBootstrap, OnApplicationShutdown {
  private open: OpenPort | null = null;

  constructor(
    private readonly hub: Hub,
    readonly reports: TakeReportService,
    readonly conflicts: TakeConflictsService,
    readonly work: TakeWorkService,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.hub.rules.onTaken((configuration) => this.listen(configuration));
    await this.listen(this.hub.rules.current);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.open?.close();
  }

  /** Where it listens stays as it is once it does; to whom is asked at each report. */
  private async listen({ instance: { receives } }: Configuration): Promise<void> {
    if (receives === undefined || this.open !== null) return;
    const { log } = this.hub.parts;
    const module = ReceivingModule.over(() => this.hub.reportSecrets.from, this);
    this.open = await openPort({ host: receives.host, port: receives.port, module, largestBodyBytes: LARGEST_BODY_BYTES, log });
    log.info('reports-open', { host: receives.host, port: this.open.port, count: receives.from.length });
  }
}
