import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Inject } from '@nestjs/common';
import type { Log } from '@sync-hub/observability';
import { CONSOLE_LOG } from '../unreadable.filter.js';

interface Response {
  status(code: number): Response;
  json(body: unknown): void;
}

/** As Sync 2.0 answers: 500 and `{}` where nobody foresaw it; what is refused with its status, and why. */
@Catch()
export class Sync2Filter implements ExceptionFilter {
  constructor(@Inject(CONSOLE_LOG) private readonly log: Pick<Log, 'error'>) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    if (thrown instanceof HttpException) return response.status(thrown.getStatus()).json(thrown.getResponse());
    this.log.error('console.conflicts-failed', thrown);
    response.status(500).json({});
  }
}
