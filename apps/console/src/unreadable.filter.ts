import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Inject } from '@nestjs/common';
import type { Log } from '@sync-hub/observability';
import { unreadableHtml } from './page-html.js';

/** Injection token of the log. */
export const CONSOLE_LOG = Symbol('ConsoleLog');

interface Request {
  readonly path: string;
}

interface Response {
  status(code: number): Response;
  type(contentType: string): Response;
  send(body: string): void;
  redirect(status: number, place: string): void;
}

/** The page on which one signs in. */
const SIGN_IN = '/board';

/** An overview that cannot be read is said so, without the error's own words, which may quote a query; who must sign in first is led to where that is done. */
@Catch()
export class UnreadableFilter implements ExceptionFilter {
  constructor(@Inject(CONSOLE_LOG) private readonly log: Pick<Log, 'error'>) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const response = http.getResponse<Response>();
    const status = thrown instanceof HttpException ? thrown.getStatus() : 503;
    if (status === 503) this.log.error('console.unreadable', thrown);
    const isOfApi = http.getRequest<Request>().path.startsWith('/api/');
    if ((status === 401 || status === 403) && !isOfApi) response.redirect(302, SIGN_IN);
    else if (isOfApi)
      response
        .status(status)
        .type('application/json')
        .send(JSON.stringify(thrown instanceof HttpException ? thrown.getResponse() : { error: 'the overview cannot be read' }));
    else response.status(status).type('text/html').send(unreadableHtml());
  }
}
