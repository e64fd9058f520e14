import { memoryOf, type ProcessFacts, processes, treeOf } from './process-tree.js';

/** What a part of a run has used: milliseconds of CPU, and the most memory that all its processes had at one moment. */
export interface Used {
  readonly cpuMs: number;
  readonly peakBytes: number;
}

export type Component = string;

/** Names the part a process belongs to, `null` for one that is not to be counted. */
export type ComponentOf = (process: ProcessFacts) => Component | null;

const LOOK_EVERY_MS = 500;

/** The databases and brokers below a process are parts of their own. */
export const databaseOrBroker: ComponentOf = ({ command }) => {
  if (/\/postgres\b|^postgres/.test(command)) return 'PostgreSQL';
  return /beam\.smp|rabbitmq|erl_child_setup|epmd|inet_gethost/.test(command) ? 'RabbitMQ' : null;
};

/** Milliseconds of CPU of each part as a whole: what a process used is its parent's once it has ended, so single processes cannot be compared. */
export function cpuOf(all: readonly { readonly component: Component; readonly cpuMs: number }[]): ReadonlyMap<Component, number> {
  const sums = new Map<Component, number>();
  for (const { component, cpuMs } of all) sums.set(component, (sums.get(component) ?? 0) + cpuMs);
  return sums;
}

/** Measures process trees from `start` to `stop`. Only Linux tells; elsewhere nothing is measured. */
export class Meter {
  readonly #peaks = new Map<Component, number>();
  #before: ReadonlyMap<Component, number> = new Map();
  #timer: NodeJS.Timeout | null = null;
  #look: Promise<void> = Promise.resolve();

  private constructor(
    private readonly root: number,
    private readonly componentOf: ComponentOf,
  ) {}

  static async start(root: number, componentOf: ComponentOf): Promise<Meter> {
    const meter = new Meter(root, componentOf);
    meter.#before = cpuOf(await meter.counted());
    await meter.look();
    return meter;
  }

  async stop(): Promise<ReadonlyMap<Component, Used>> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#look;
    const now = [...cpuOf(await this.counted())];
    return new Map(
      now.map(([component, cpuMs]) => [component, { cpuMs: cpuMs - (this.#before.get(component) ?? 0), peakBytes: this.#peaks.get(component) ?? 0 }]),
    );
  }

  private async counted(): Promise<readonly (ProcessFacts & { readonly component: Component })[]> {
    return treeOf(this.root, await processes()).flatMap((process) => {
      const component = this.componentOf(process);
      return component === null ? [] : [{ ...process, component }];
    });
  }

  private async look(): Promise<void> {
    const now = new Map<Component, number>();
    for (const { pid, component } of await this.counted()) now.set(component, (now.get(component) ?? 0) + (await memoryOf(pid)));
    for (const [component, bytes] of now) this.#peaks.set(component, Math.max(bytes, this.#peaks.get(component) ?? 0));
    this.#timer = setTimeout(() => {
      this.#look = this.look();
    }, LOOK_EVERY_MS);
    this.#timer.unref();
  }
}
