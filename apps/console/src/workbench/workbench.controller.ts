import { Controller, Get, Inject, NotFoundException, Param, Req, Res } from '@nestjs/common';
import { Anybody } from '../access/needs.js';
import { notBuiltHtml } from '../page-html.js';
import { WORKBENCH_FILES, type WorkbenchFile, type WorkbenchFiles } from './workbench-files.js';

interface Request {
  readonly headers: { readonly 'accept-encoding'?: string };
}

interface Response {
  status(code: number): Response;
  setHeader(name: string, value: string): Response;
  send(body: Buffer | string): void;
}

/** The page on which conflicts are answered, and what it is made of. It holds nothing of any record: what it shows it asks for, as whoever is signed in. */
@Controller()
export class WorkbenchController {
  constructor(@Inject(WORKBENCH_FILES) private readonly files: WorkbenchFiles) {}

  @Anybody()
  @Get([
    '/board',
    '/board/:kind/:id',
    '/conflicts',
    '/conflicts/:id',
    '/parked',
    '/parked/:id',
    '/records',
    '/records/:id',
    '/runs',
    '/runs/:id',
    '/configuration',
    '/configuration/:id',
    '/audit',
    '/not-arrived',
    '/not-arrived/:site',
    '/accounts',
    '/account',
  ])
  page(@Req() request: Request, @Res() response: Response): void {
    if (this.files === null) response.status(503).setHeader('content-type', 'text/html; charset=utf-8').send(notBuiltHtml());
    else send(this.files.page, request, response);
  }

  /** For a year: another build has other names. */
  @Anybody()
  @Get('/workbench/assets/:name')
  asset(@Param('name') name: string, @Req() request: Request, @Res() response: Response): void {
    const file = this.files?.assets.get(name);
    if (file === undefined) throw new NotFoundException();
    send(file, request, response.setHeader('cache-control', 'public, max-age=31536000, immutable'));
  }
}

function send({ contentType, body, gzipped }: WorkbenchFile, { headers }: Request, response: Response): void {
  const isSmall = /\bgzip\b/.test(headers['accept-encoding'] ?? '');
  response.setHeader('content-type', contentType).setHeader('vary', 'accept-encoding');
  if (isSmall) response.setHeader('content-encoding', 'gzip');
  response.send(isSmall ? gzipped : body);
}
