import { setTimeout as pause } from 'node:timers/promises';
import type { Trouble } from './convergence-run.js';
import type { HubShape } from './hub-shape.js';
import { Random } from './random.js';
import { type KillableShape, SERVICES, type ServicesShape } from './services-shape.js';

/** The line to a site is gone for so long; people there go on working. */
export const away = (site: string, after: number, forMs: number): Trouble => ({
  after,
  happens: async ({ world }) => {
    await world.site(site).down();
    await pause(forMs);
    await world.site(site).up();
  },
});

/** One after another, each once the one before is over. */
export const inTurn = <Shape extends HubShape>(after: number, troubles: readonly Trouble<Shape>[]): Trouble<Shape> => ({
  after,
  happens: async (run) => {
    for (const trouble of troubles) await trouble.happens(run);
  },
});

/** kill -9 of each service in turn, spread over a part of the work. */
export const everyServiceKilled = (from: number, to: number): readonly Trouble<ServicesShape>[] =>
  SERVICES.map((name, index) => ({
    after: from + ((to - from) * index) / SERVICES.length,
    happens: ({ shape }) => shape.services.get(name)?.kill(),
  }));

/** kill -9 of the broker; it comes back with what was on its disk. */
export const brokerKilled = (after: number): Trouble<KillableShape> => ({
  after,
  happens: async ({ shape }) => {
    await shape.broker.kill();
    await shape.broker.start();
  },
});

/** kill -9 of the broker; it comes back remembering nothing. */
export const brokerForgets = (after: number): Trouble<KillableShape> => ({ after, happens: ({ shape }) => shape.broker.wipe() });

/** kill -9 of the database; it is started again on its data. */
export const databaseKilled = (after: number): Trouble<KillableShape> => ({
  after,
  happens: async ({ shape }) => {
    await shape.postgres.kill();
    await pause(500);
    await shape.postgres.restart();
  },
});

/** Every site takes its time with each request: between so many milliseconds. */
export const slowSites = (after: number, fromMs: number, toMs: number): Trouble => ({
  after,
  happens: ({ world }) => {
    for (const site of world.sites.values()) {
      const random = new Random(site.id);
      site.faults.latencyMs = () => fromMs + random.below(toMs - fromMs);
    }
  },
});
