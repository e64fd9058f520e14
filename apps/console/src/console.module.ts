import { type DynamicModule, type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import type { Log } from '@sync-hub/observability';
import { CONSOLE_WORDING, ConsoleController, type ConsoleWording, OVERVIEW_READER } from './console.controller.js';
import { OnlyHereMiddleware } from './only-here.middleware.js';
import type { OverviewReader } from './overview.js';
import { RecentOverview } from './recent-overview.js';
import { CONSOLE_LOG } from './unreadable.filter.js';
import { readWebFiles, WEB_FILES } from './web-files.js';

export interface ConsoleParts {
  /** What the page shows. */
  readonly overview: OverviewReader;
  /** Sites by their ids and times in the zone of this machine, unless told otherwise. */
  readonly wording?: Partial<ConsoleWording>;
  readonly log: Log;
}

/** The console as a module: its page and API, asked from this machine only, whatever application it is part of. */
@Module({})
export class ConsoleModule implements NestModule {
  static over({ overview, wording = {}, log }: ConsoleParts): DynamicModule {
    return {
      module: ConsoleModule,
      controllers: [ConsoleController],
      providers: [
        { provide: OVERVIEW_READER, useValue: new RecentOverview(overview) },
        { provide: CONSOLE_WORDING, useValue: { titles: wording.titles ?? new Map(), timeZone: wording.timeZone ?? zoneOfThisMachine() } },
        { provide: CONSOLE_LOG, useValue: log },
        { provide: WEB_FILES, useFactory: readWebFiles },
      ],
    };
  }

  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(OnlyHereMiddleware).forRoutes('{*any}');
  }
}

const zoneOfThisMachine = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;
