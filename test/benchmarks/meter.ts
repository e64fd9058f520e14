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

/** Measures process trees from `start` to `stop`. Only Linux tells; elsewhere nothing is measured. */
export class Meter {
  readonly #peaks = new Map<Component, number>();
  #before = new Map<number, number>();
  #timer: NodeJS.Timeout | null = null;
  #look: Promise<void> = Promise.resolve();

  private constructor(
    private readonly root: number,
    private readonly componentOf: ComponentOf,
  ) {}

  static async start(root: number, componentOf: ComponentOf): Promise<Meter> {
    const meter = new Meter(root, componentOf);
    meter.#before = new Map((await meter.counted()).map(({ pid, cpuMs }) => [pid, cpuMs]));
    await meter.look();
    return meter;
  }

  async stop(): Promise<ReadonlyMap<Component, Used>> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#look;
    const used = new Map<Component, Used>();
    for (const { pid, cpuMs, component } of await this.counted()) {
      const before = used.get(component)?.cpuMs ?? 0;
      used.set(component, { cpuMs: before + cpuMs - (this.#before.get(pid) ?? 0), peakBytes: this.#peaks.get(component) ?? 0 });
    }
    return used;
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
