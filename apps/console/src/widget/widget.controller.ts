import { Controller, Get, Header, Inject, NotFoundException, Param, Query, Req, Res, UseFilters } from '@nestjs/common';
import type { WidgetDesk, WidgetState } from '@sync-hub/contracts';
import { Anybody } from '../access/needs.js';
import { WidgetStateAnswer } from '../api/answers/own-answers.js';
import { Tells } from '../api/tells.js';
import { RefusedFilter } from '../conflicts/refused.filter.js';
import { CONSOLE_WORDING, type ConsoleWording } from '../console.controller.js';
import { WEB_FILES, type WebFile } from '../web-files.js';
import { widgetHtml } from './widget-html.js';
import { languageFor } from './widget-words.js';

export const WIDGET_DESK = Symbol('WIDGET_DESK');

interface Request {
  readonly headers: { readonly 'accept-language'?: string };
}

interface Response {
  setHeader(name: string, value: string): Response;
}

const CACHED = 'public, max-age=60';

/**
 * What anybody may see of the sites that `instance.console.widget` names: `GET /widget/SITE` is a page for a frame in those web sites that the configuration names, `GET /widget/SITE/state` the same as JSON. Counts and
 * times, and nothing of any record. 404 for every other site, whether there is one or not.
 */
@Controller()
export class WidgetController {
  constructor(
    @Inject(WIDGET_DESK) private readonly desk: WidgetDesk,
    @Inject(CONSOLE_WORDING) private readonly wording: () => ConsoleWording,
    @Inject(WEB_FILES) private readonly files: ReadonlyMap<WebFile, string>,
  ) {}

  @Anybody()
  @Get('/widget/:site')
  @Header('content-type', 'text/html; charset=utf-8')
  async page(
    @Param('site') site: string,
    @Query('lang') named: unknown,
    @Req() { headers }: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const told = await this.told(site);
    const framedBy = this.desk.framedBy();
    response
      .setHeader(
        'content-security-policy',
        `default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors ${framedBy.join(' ') || "'none'"}`,
      )
      .setHeader('cross-origin-resource-policy', 'cross-origin')
      .setHeader('cache-control', CACHED)
      .setHeader('vary', 'accept-language');
    return widgetHtml(told, languageFor(named, headers['accept-language']), this.wording().timeZone);
  }

  @Anybody()
  @Tells({ does: 'how a site does, for anybody', answer: WidgetStateAnswer, refuses: { 404: 'the configuration lets nobody see that site, or there is none' } })
  @Get('/widget/:site/state')
  @UseFilters(RefusedFilter)
  async state(@Param('site') site: string, @Res({ passthrough: true }) response: Response): Promise<WidgetState> {
    const told = await this.told(site);
    response.setHeader('access-control-allow-origin', '*').setHeader('cross-origin-resource-policy', 'cross-origin').setHeader('cache-control', CACHED);
    return told;
  }

  @Anybody()
  @Get('/widget.css')
  @Header('content-type', 'text/css; charset=utf-8')
  stylesheet(): string {
    return this.files.get('widget.css') ?? '';
  }

  private async told(site: string): Promise<WidgetState> {
    const told = await this.desk.find(site);
    if (told === null) throw new NotFoundException({ error: 'no such site is shown here' });
    return told;
  }
}
