import { type RecordChanged, type SiteId, STAGES, type StageName } from '@sync-hub/contracts';
import type { Bus, StageQueue } from '../bus.js';
import type { Envelope } from '../envelope.js';
import { InProcessBus } from '../in-process/in-process-bus.js';
import { passOn } from '../pass-on.js';
import type { Handled, RunnerOptions } from '../runner-options.js';
import type { ClosedFor, Probe, RunnerStore, SiteHealth } from '../runner-store.js';
import type { StageContext, StageHandler } from '../stage.js';
import { StageRunner } from '../stage-runner.js';
import type { Verdict } from '../verdict.js';
import { jestGlobals } from './jest-globals.js';
import { keptLines, type Line } from './lines.js';
import { MemoryRunnerStore } from './memory-runner-store.js';

/** Circuits and windows that a test opens and closes, and the answers of its probe. */
export class FixedHealth implements SiteHealth {
  readonly down = new Set<SiteId>();
  readonly resting = new Set<SiteId>();
  readonly asked: SiteId[] = [];
  answer: Probe = 'up';

  async confirm(site: SiteId): Promise<Probe> {
    this.asked.push(site);
    return this.answer;
  }

  async closed(): Promise<ReadonlyMap<SiteId, ClosedFor>> {
    return new Map([...[...this.down].map((site) => [site, 'site-down'] as const), ...[...this.resting].map((site) => [site, 'site-rests'] as const)]);
  }
}

export interface RunnerBench<Name extends StageName> {
  readonly runner: StageRunner<Name>;
  readonly bus: Bus;
  readonly store: MemoryRunnerStore;
  readonly health: FixedHealth;
  readonly lines: readonly Line[];
  readonly handled: readonly Handled[];
  readonly queue: StageQueue;
  /** Says messages as a service does: outbox rows first, then the bus. */
  say(...envelopes: readonly Envelope[]): Promise<void>;
  /** True once the stage has settled all of these. */
  isSettled(...envelopes: readonly Envelope[]): Promise<boolean>;
  /** A second process on the same database and bus. */
  another(handler: StageHandler<Name>): Promise<StageRunner<Name>>;
  stop(): Promise<void>;
}

export interface BenchOptions {
  readonly bus?: Bus;
  readonly store?: MemoryRunnerStore;
  /** The store as the runner sees it: a failing one, say. */
  readonly seenAs?: (store: MemoryRunnerStore) => RunnerStore;
  readonly options?: Partial<RunnerOptions>;
}

const SITES = ['kisumu', 'siaya'];

/** A runner of one stage at work on the store in memory, on the in-process bus unless another is given. A second of delay lasts a tenth of a millisecond there. */
export async function runnerBench<Name extends StageName>(stage: Name, handler: StageHandler<Name>, given: BenchOptions = {}): Promise<RunnerBench<Name>> {
  const bus = given.bus ?? new InProcessBus({ secondInMs: 0.1 });
  const store = given.store ?? new MemoryRunnerStore();
  const health = new FixedHealth();
  const logger = keptLines();
  const handled: Handled[] = [];
  const ports = { bus, store: given.seenAs?.(store) ?? store, health, logger };
  const runners: StageRunner<Name>[] = [];
  const start = async (by: StageHandler<Name>): Promise<StageRunner<Name>> => {
    const options = { watchSitesMs: 5, storeRetryMs: [1, 1], onHandled: (one: Handled) => void handled.push(one), ...given.options };
    const runner = new StageRunner(stage, by, ports, options);
    runners.push(runner);
    await runner.start(SITES);
    return runner;
  };
  await bus.declare(SITES);
  return {
    runner: await start(handler),
    bus,
    store,
    health,
    lines: logger.lines,
    handled,
    queue: { stage, site: STAGES[stage].queuePer === 'site' ? 'kisumu' : null },
    say: async (...envelopes) => {
      store.say(...envelopes);
      await passOn(envelopes, { bus, store, logger });
    },
    isSettled: async (...envelopes) => {
      const progress = await store.progressOf(stage, envelopes);
      return envelopes.every(({ messageId }) => progress.get(messageId)?.settled === true);
    },
    another: start,
    stop: async () => {
      await Promise.all(runners.map((runner) => runner.stop(1000)));
      await bus.close();
    },
  };
}

/** Benches of `fetch` that stop with the test. To be called once in a suite. */
export function fetchBenches(): (
  handle: (payload: RecordChanged, context: StageContext) => Promise<Verdict>,
  given?: BenchOptions,
) => Promise<RunnerBench<'fetch'>> {
  const benches: RunnerBench<'fetch'>[] = [];
  jestGlobals().afterEach(async () => {
    await Promise.all(benches.splice(0).map((bench) => bench.stop()));
  });
  return async (handle, given) => {
    const bench = await runnerBench('fetch', { handle }, given);
    benches.push(bench);
    return bench;
  };
}

/** A gate that handlers wait at until the test opens it. */
export function gate(): { readonly passed: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined;
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open };
}

/** Told before the store does anything; what it throws, the store seems to throw. */
export interface Watch {
  readonly settle?: (settlements: number) => void;
  readonly progressOf?: () => void;
  readonly putOff?: () => void;
}

/** The store, with somebody who looks on. */
export const watched = (store: MemoryRunnerStore, watch: Watch): RunnerStore => ({
  progressOf: async (...given) => {
    watch.progressOf?.();
    return store.progressOf(...given);
  },
  settle: async (...given) => {
    watch.settle?.(given[1].length);
    return store.settle(...given);
  },
  putOff: async (...given) => {
    watch.putOff?.();
    return store.putOff(...given);
  },
  claim: (...given) => store.claim(...given),
  markSent: (ids) => store.markSent(ids),
  unsettled: (...given) => store.unsettled(...given),
  prune: (limit) => store.prune(limit),
});
