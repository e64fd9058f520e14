import { Controller, Get, Req, Res, ServiceUnavailableException, UseFilters } from '@nestjs/common';
import type { Board } from '@sync-hub/contracts';
import type { AskedBy } from '../access/caller.js';
import { Callers } from '../access/callers.js';
import { type Need, Needs } from '../access/needs.js';
import { BoardAnswer, BoardEventsAnswer } from '../api/answers/board-answers.js';
import { Tells } from '../api/tells.js';
import { RefusedFilter } from '../conflicts/refused.filter.js';
import { type BoardNews, BoardWatch } from './board-watch.js';

const NEED: Need = { permission: 'see-overview' };

/** Whoever reads so slowly that this waits for them has gone. */
const MOST_UNREAD_BYTES = 4 * 1024 * 1024;

/** A response, as far as it is written to for as long as somebody watches. */
export interface Line {
  readonly writableLength: number;
  writeHead(status: number, headers: Readonly<Record<string, string>>): unknown;
  write(text: string): unknown;
  end(text?: string): unknown;
  on(event: 'close', listener: () => void): unknown;
}

/**
 * The board: `GET /api/board` tells it once, `GET /api/board/events` as server-sent events for as long as the caller may see it: `board` at the start and whenever
 * it has changed, `unreadable` while it cannot be read, `ended` when the session or the token has ended. 503 where as many watch as may.
 */
@Controller('/api/board')
@UseFilters(RefusedFilter)
export class BoardController {
  constructor(
    private readonly board: BoardWatch,
    private readonly callers: Callers,
  ) {}

  @Needs('see-overview')
  @Tells({ does: 'all links at this moment', answer: BoardAnswer })
  @Get()
  read(): Promise<Board> {
    return this.board.read();
  }

  @Needs('see-overview')
  @Tells({ does: 'the same whenever it has changed, for as long as the caller may see it', answer: BoardEventsAnswer, as: ['text/event-stream'] })
  @Get('events')
  events(@Req() request: AskedBy, @Res() line: Line): void {
    const tell = (news: BoardNews): void => {
      if (line.writableLength > MOST_UNREAD_BYTES) line.end();
      else line.write(`event: ${news.event}\ndata: ${JSON.stringify(news.data)}\n\n`);
    };
    const leave = this.board.watch(tell);
    if (leave === null) throw new ServiceUnavailableException({ error: 'too-many' });
    line.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' });
    line.write(': the board\n\n');
    const beat = setInterval(() => void this.beat(request, line), this.board.times.beatMs);
    line.on('close', () => {
      clearInterval(beat);
      leave();
    });
  }

  /** The line stands, and whoever is at its end may still see what is told. */
  private async beat(request: AskedBy, line: Line): Promise<void> {
    if (await this.mayStill(request)) line.write(': still here\n\n');
    else line.end('event: ended\ndata: null\n\n');
  }

  private async mayStill(request: AskedBy): Promise<boolean> {
    const caller = await this.callers.findUnnoticed(request, NEED).catch(() => null);
    return caller?.permissions.includes('see-overview') === true;
  }
}
