import { afterEach, describe, expect, it } from '@jest/globals';
import { type INestMicroservice, Injectable, Module, Logger as NestLogger, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { BugError, type ConflictFound, type RecordFetched, type RecordMapped, RefusedError } from '@sync-hub/contracts';
import 'reflect-metadata';
import { InProcessBus } from '../in-process/in-process-bus.js';
import type { StageContext, StageHandler } from '../stage.js';
import { recordMapped } from '../testing/envelopes.js';
import { keptLines } from '../testing/lines.js';
import { MemoryRunnerStore } from '../testing/memory-runner-store.js';
import { FixedHealth } from '../testing/runner-bench.js';
import { until } from '../testing/until.js';
import { endJob, skip, type Verdict } from '../verdict.js';
import { handlerProblems } from './handler-problems.js';
import { Stage } from './stage.decorator.js';
import { StageServer } from './stage-server.js';

@Injectable()
class Targets {
  readonly asked: { readonly payload: RecordMapped; readonly attempt: number; readonly canClaim: boolean }[] = [];
  verdict: () => Verdict = () => endJob('in-step');
}

@Stage('push')
class PushStage implements StageHandler<'push'> {
  constructor(private readonly targets: Targets) {}

  async handle(payload: RecordMapped, { attempt, claim }: StageContext): Promise<Verdict> {
    this.targets.asked.push({ payload, attempt, canClaim: (await claim(payload.site, payload.record)) !== null });
    return this.targets.verdict();
  }
}

@Stage('release-waiting')
class ReleaseStage implements StageHandler<'release-waiting'> {
  async handle(): Promise<Verdict> {
    return skip('nobody waits');
  }
}

@Stage('push')
class SecondPushStage implements StageHandler<'push'> {
  async handle(): Promise<Verdict> {
    return skip('second');
  }
}

@Stage('map')
class MapStage implements StageHandler<'map'> {
  async handle(_: RecordFetched): Promise<Verdict> {
    return skip('not mine');
  }
}

/** Nest's own lines, kept. */
const nestLines: string[] = [];
const keep = (...words: unknown[]): void =>
  void nestLines.push(words.map((word) => (word instanceof Error ? `${word.stack}` : JSON.stringify(word))).join(' '));
const nestLogger = { log: keep, error: keep, warn: keep, debug: keep, verbose: keep, fatal: keep };

async function serve(...controllers: Type[]) {
  nestLines.length = 0;
  class App {}
  Module({ controllers, providers: [Targets] })(App);
  const bus = new InProcessBus();
  const store = new MemoryRunnerStore();
  const logger = keptLines();
  const strategy = new StageServer({
    bus,
    store,
    logger,
    health: new FixedHealth(),
    services: ['pusher'],
    sites: ['kisumu'],
    busIsEmpty: true,
    sweep: { everyMs: 5, unsentAfterMs: 0 },
  });
  const app = await NestFactory.createMicroservice(App, { strategy, logger: nestLogger, abortOnError: false });
  return { app, store, bus, strategy, lines: logger.lines, targets: app.get(Targets) };
}

describe('the stage server', () => {
  const apps: INestMicroservice[] = [];
  afterEach(async () => {
    await Promise.all(apps.splice(0).map((app) => app.close()));
    NestLogger.overrideLogger(false);
  });
  const serving = async (...controllers: Type[]) => {
    const served = await serve(...controllers);
    apps.push(served.app);
    await served.app.listen();
    return served;
  };

  it('gives a stage, built by Nest, its payload and its context, and makes its verdict come true', async () => {
    const { store, targets } = await serving(PushStage, ReleaseStage);
    const message = recordMapped();
    store.say(message);
    await until('it is settled', () => store.settled.some(({ stage }) => stage === 'push'));
    expect(targets.asked).toEqual([{ payload: message.payload, attempt: 1, canClaim: true }]);
    expect(store.settled.find(({ stage }) => stage === 'push')).toMatchObject({ verdict: { kind: 'end-job', outcome: 'in-step' } });
  });

  it('gives the runner the very error that a stage throws, and lets Nest log none of it', async () => {
    const { store, targets, lines } = await serving(PushStage, ReleaseStage);
    targets.verdict = () => {
      throw new RefusedError('http-400', 'the target refused', { status: 400 });
    };
    store.say(recordMapped());
    await until('it is held', () => store.settled.some(({ stage }) => stage === 'push'));
    expect(store.settled.find(({ stage }) => stage === 'push')).toMatchObject({
      verdict: { kind: 'hold', reason: 'refused', code: 'http-400', details: { status: 400 } },
    });
    expect(lines.filter(({ event }) => event === 'stage-failed')).toHaveLength(1);
    expect(nestLines.filter((line) => /refused|http-400|Exception|job/i.test(line))).toEqual([]);
  });

  it('begins not, and names the decorator, where a stage has no handler', async () => {
    const { app } = await serve(PushStage);
    await expect(app.listen()).rejects.toThrow("no class is decorated with @Stage('release-waiting')");
    await app.close();
  });

  it('begins not where two classes handle one stage', async () => {
    const { app } = await serve(PushStage, SecondPushStage, ReleaseStage);
    await expect(app.listen()).rejects.toThrow("more than one class is decorated with @Stage('push')");
    await app.close();
  });

  it('begins not where a handler belongs to another service', async () => {
    const { app } = await serve(PushStage, ReleaseStage, MapStage);
    await expect(app.listen()).rejects.toThrow("@Stage('map') is no stage of pusher");
    await app.close();
  });

  it('consumes the queues of a site that came later', async () => {
    const { store, strategy } = await serving(PushStage, ReleaseStage);
    await strategy.follow(['kisumu', 'siaya']);
    store.say(recordMapped('siaya'));
    await until('it is settled', () => store.settled.some(({ stage }) => stage === 'push'));
  });

  it('names everything that is wrong at once', () => {
    expect(
      handlerProblems(
        ['pusher'],
        new Map([
          ['push', 2],
          ['map', 1],
        ]),
      ),
    ).toEqual([
      "no class is decorated with @Stage('release-waiting')",
      "more than one class is decorated with @Stage('push')",
      "@Stage('map') is no stage of pusher",
    ]);
    expect(
      handlerProblems(
        ['conflict-service'],
        new Map([
          ['open-conflict', 1],
          ['apply-answer', 1],
        ]),
      ),
    ).toEqual([]);
  });

  it('hangs no handler on the wrong stage', () => {
    class Opens implements StageHandler<'open-conflict'> {
      async handle(_: ConflictFound): Promise<Verdict> {
        return skip('opened');
      }
    }
    // @ts-expect-error a handler of conflict.found cannot be hung on the stage of record.fetched
    Stage('map')(Opens);
    class Handles {}
    // @ts-expect-error and a class without handle on none
    expect(() => Stage('map')(Handles)).toThrow(BugError);
  });
});
