import { Controller, Get, Header, Inject, UseFilters } from '@nestjs/common';
import type { SiteId } from '@sync-hub/contracts';
import { Anybody, Needs } from './access/needs.js';
import { OverviewAnswer } from './api/answers/overview-answers.js';
import { Tells } from './api/tells.js';
import type { Overview, OverviewReader } from './overview.js';
import type { Page } from './page.js';
import { pageHtml } from './page-html.js';
import { pageOf } from './page-of.js';
import { Words } from './plain-words.js';
import { UnreadableFilter } from './unreadable.filter.js';
import { WEB_FILES, type WebFile } from './web-files.js';

/** Injection tokens of the console. */
export const OVERVIEW_READER = Symbol('OverviewReader');
export const CONSOLE_WORDING = Symbol('ConsoleWording');

/** How the page names sites, and in which zone it tells times. */
export interface ConsoleWording {
  readonly titles: ReadonlyMap<SiteId, string>;
  /** By IANA name. */
  readonly timeZone: string;
}

const SCRIPT = 'text/javascript; charset=utf-8';

/** The read-only page, what it refreshes itself from, and the four files it is made of. */
@Controller()
@UseFilters(UnreadableFilter)
export class ConsoleController {
  constructor(
    @Inject(OVERVIEW_READER) private readonly reader: OverviewReader,
    @Inject(CONSOLE_WORDING) private readonly wording: () => ConsoleWording,
    @Inject(WEB_FILES) private readonly files: ReadonlyMap<WebFile, string>,
  ) {}

  @Needs('see-overview', { openHere: true })
  @Get('/')
  @Header('content-type', 'text/html; charset=utf-8')
  async page(): Promise<string> {
    return pageHtml(this.inWords(await this.reader.read()));
  }

  @Needs('see-overview', { openHere: true })
  @Tells({ does: 'everything that the overview shows, and the same in words', answer: OverviewAnswer })
  @Get('/api/overview')
  async overview(): Promise<{ readonly overview: Overview; readonly page: Page }> {
    const overview = await this.reader.read();
    return { overview, page: this.inWords(overview) };
  }

  @Anybody()
  @Get('/console.css')
  @Header('content-type', 'text/css; charset=utf-8')
  stylesheet(): string {
    return this.file('console.css');
  }

  @Anybody()
  @Get('/console.js')
  @Header('content-type', SCRIPT)
  script(): string {
    return this.file('console.js');
  }

  @Anybody()
  @Get('/rows.js')
  @Header('content-type', SCRIPT)
  rows(): string {
    return this.file('rows.js');
  }

  @Anybody()
  @Get('/icon.svg')
  @Header('content-type', 'image/svg+xml')
  icon(): string {
    return this.file('icon.svg');
  }

  private inWords(overview: Overview): Page {
    const { timeZone, titles } = this.wording();
    return pageOf(overview, new Words(overview.takenAt, timeZone, titles));
  }

  private file(name: WebFile): string {
    return this.files.get(name) ?? '';
  }
}
