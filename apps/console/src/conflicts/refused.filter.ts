import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Inject } from '@nestjs/common';
import type { Log } from '@sync-hub/observability';
import { CONSOLE_LOG } from '../unreadable.filter.js';

interface Response {
  status(code: number): Response;
  json(body: unknown): void;
}

/** Answers in JSON what went wrong; of what nobody foresaw no more than that, because its own words may quote a record. */
@Catch()
export class RefusedFilter implements ExceptionFilter {
  constructor(@Inject(CONSOLE_LOG) private readonly log: Pick<Log, 'error'>) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    if (thrown instanceof HttpException) {
      response.status(thrown.getStatus()).json(thrown.getResponse());
      return;
    }
    this.log.error('console.conflicts-failed', thrown);
    response.status(503).json({ error: 'unavailable' });
  }
}
