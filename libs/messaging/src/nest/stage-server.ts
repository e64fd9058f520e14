import { type CustomTransportStrategy, type MessageHandler, Server } from '@nestjs/microservices';
import { BugError, type SiteId, STAGE_NAMES, STAGES, type StageName } from '@sync-hub/contracts';
import { isObservable, lastValueFrom } from 'rxjs';
import type { RunnerOptions, RunnerPorts } from '../runner-options.js';
import type { StageHandler } from '../stage.js';
import { StageRunner } from '../stage-runner.js';
import { Sweep, type SweepOptions } from '../sweep.js';
import type { Verdict } from '../verdict.js';
import { handlerProblems } from './handler-problems.js';

export interface StageServerOptions extends RunnerPorts {
  /** The services this process is; it must handle their stages, all of them, and no other. */
  readonly services: readonly string[];
  readonly sites: readonly SiteId[];
  /** True for a bus that begins empty with every process. */
  readonly busIsEmpty: boolean;
  /** False where another process of the hub does the sweep; true unless given. */
  readonly sweeps?: boolean;
  readonly runner?: Partial<RunnerOptions> | ((stage: StageName) => Partial<RunnerOptions>);
  readonly sweep?: Partial<SweepOptions>;
  /** How long handlers may take to finish when the process is told to stop. */
  readonly stopWithinMs?: number;
}

/**
 * The transport strategy of Nest's microservices for both buses: one runner per stage of this process's services, and the sweep.
 * Begins only where every stage has exactly one handler and every handler a stage.
 */
export class StageServer extends Server implements CustomTransportStrategy {
  override readonly propagatesEventHandlerErrors = true;
  readonly #runners: StageRunner<StageName>[] = [];
  readonly #sweep: Sweep;

  constructor(private readonly options: StageServerOptions) {
    super();
    this.#sweep = new Sweep(options, {
      ...options.sweep,
      isInHand: (stage, messageId) => this.#runners.some((runner) => runner.stage === stage && runner.isInHand(messageId)),
    });
  }

  /** Nest calls this once every controller has registered; an error given to `callback` stops the process. */
  async listen(callback: (error?: unknown) => void): Promise<void> {
    try {
      await this.begin();
      callback();
    } catch (error) {
      callback(error);
    }
  }

  /** Declares the queues of sites that came since, and consumes them. */
  async follow(sites: readonly SiteId[]): Promise<void> {
    await this.options.bus.declare(sites);
    await Promise.all(this.#runners.map((runner) => runner.follow(sites)));
  }

  /** Stops taking messages, lets handlers finish, hands the rest back, and closes the bus. */
  async close(): Promise<void> {
    await this.#sweep.stop();
    await Promise.all(this.#runners.map((runner) => runner.stop(this.options.stopWithinMs)));
    await this.options.bus.close();
  }

  on(): never {
    throw new BugError('the stage server has no events; look at its logger');
  }

  unwrap<T>(): T {
    return this.options.bus as T;
  }

  private async begin(): Promise<void> {
    const { services, sites, bus, busIsEmpty } = this.options;
    const problems = handlerProblems(services, handlerCounts(this.getHandlers()));
    if (problems.length > 0) throw new BugError(problems.join('; '));
    await bus.declare(sites);
    for (const stage of STAGE_NAMES.filter((name) => services.includes(STAGES[name].service))) await this.beginStage(stage);
    if (this.options.sweeps !== false) this.#sweep.start(busIsEmpty);
  }

  private async beginStage(stage: StageName): Promise<void> {
    const { runner: options } = this.options;
    const handler = this.getHandlerByPattern(stage);
    if (handler === null) throw new BugError(`stage ${stage} has no handler`);
    const runner = new StageRunner(stage, stageHandler(handler), this.options, typeof options === 'function' ? options(stage) : options);
    this.#runners.push(runner);
    await runner.start(this.options.sites);
  }
}

/** Nest answers with an observable where an interceptor is at work, else with the verdict itself. */
const stageHandler = (handler: MessageHandler): StageHandler<StageName> => ({
  handle: async (payload, context) => {
    const answer: unknown = await handler(payload, context);
    return (isObservable(answer) ? await lastValueFrom(answer) : answer) as Verdict;
  },
});

function handlerCounts(handlers: ReadonlyMap<string, MessageHandler>): ReadonlyMap<string, number> {
  const count = (handler: MessageHandler): number => (handler.next === undefined ? 1 : 1 + count(handler.next as MessageHandler));
  return new Map([...handlers].map(([pattern, handler]) => [pattern, count(handler)]));
}
