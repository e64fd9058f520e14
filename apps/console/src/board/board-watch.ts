import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Board } from '@sync-hub/contracts';
import type { Log } from '@sync-hub/observability';
import { boardOf, type InstancesReader } from '@sync-hub/runtime';
import { CONSOLE_WORDING, type ConsoleWording, OVERVIEW_READER } from '../console.controller.js';
import type { OverviewReader } from '../overview.js';
import { CONSOLE_LOG } from '../unreadable.filter.js';

/** Injection tokens of `BoardTimes`, and of how the instances that report here do. */
export const BOARD_TIMES = Symbol('BoardTimes');
export const BOARD_INSTANCES = Symbol('BoardInstances');

export interface BoardTimes {
  /** How often the board is looked at for all who watch it, while anybody does. */
  readonly lookMs: number;
  /** Told again after so long though nothing has changed. */
  readonly againMs: number;
  /** How often whoever watches is told that the line stands, and asked whether they still may. */
  readonly beatMs: number;
  readonly mostWatchers: number;
}

export const BOARD: BoardTimes = { lookMs: 2000, againMs: 20_000, beatMs: 10_000, mostWatchers: 100 };

/** What is told: the board, or that it cannot be read now. */
export type BoardNews = { readonly event: 'board'; readonly data: Board } | { readonly event: 'unreadable'; readonly data: null };

type Watcher = (news: BoardNews) => void;

/** Looks at the board once for all who watch it, and tells them what has changed. */
@Injectable()
export class BoardWatch implements OnApplicationShutdown {
  private readonly watchers = new Set<Watcher>();
  private timer: NodeJS.Timeout | null = null;
  private told = { text: '', at: 0 };

  constructor(
    @Inject(OVERVIEW_READER) private readonly reader: OverviewReader,
    @Inject(CONSOLE_WORDING) private readonly wording: () => ConsoleWording,
    @Inject(CONSOLE_LOG) private readonly log: Pick<Log, 'error'>,
    @Inject(BOARD_TIMES) readonly times: BoardTimes,
    @Inject(BOARD_INSTANCES) private readonly others: InstancesReader,
  ) {}

  async read(): Promise<Board> {
    const [overview, instances] = await Promise.all([this.reader.read(), this.others.read()]);
    return { ...boardOf(overview, this.wording().titles), instances };
  }

  get count(): number {
    return this.watchers.size;
  }

  /** Tells the board from now on, at once for a start. Answers with what ends it; `null` where as many watch as may. */
  watch(watcher: Watcher): (() => void) | null {
    if (this.watchers.size >= this.times.mostWatchers) return null;
    this.watchers.add(watcher);
    void this.now().then((news) => this.watchers.has(watcher) && watcher(news));
    this.timer ??= setTimeout(() => void this.look(), this.times.lookMs);
    return () => void this.watchers.delete(watcher);
  }

  onApplicationShutdown(): void {
    this.watchers.clear();
    if (this.timer !== null) clearTimeout(this.timer);
  }

  private async look(): Promise<void> {
    const news = await this.now();
    if (this.isNew(news)) for (const tell of this.watchers) tell(news);
    this.timer = this.watchers.size === 0 ? null : setTimeout(() => void this.look(), this.times.lookMs);
  }

  private async now(): Promise<BoardNews> {
    try {
      return { event: 'board', data: await this.read() };
    } catch (error) {
      this.log.error('console.unreadable', error);
      return { event: 'unreadable', data: null };
    }
  }

  /** Differs in more than the moment it was taken at and who was heard of since, or was told long ago. */
  private isNew(news: BoardNews): boolean {
    const text = JSON.stringify({ ...news, data: news.data === null ? null : stillOf(news.data) });
    if (text === this.told.text && performance.now() - this.told.at < this.times.againMs) return false;
    this.told = { text, at: performance.now() };
    return true;
  }
}

const stillOf = (board: Board): Board => ({ ...board, takenAt: '', instances: board.instances.map((one) => ({ ...one, heardAt: null })) });
