import { type SafeDetails, safeError, TransientError } from '@sync-hub/contracts';
import { type ChannelModel, connect } from 'amqplib';
import type { Logger } from '../logger.js';

export interface ConnectionOptions {
  readonly url: string;
  /** Seen in RabbitMQ's list of connections. */
  readonly name: string;
  readonly heartbeatSeconds: number;
  readonly firstWaitMs: number;
  readonly longestWaitMs: number;
}

const CONNECT_MS = 10_000;
const CLOSE_MS = 2_000;

/** A connection that comes back: after a loss it connects again, sooner at first, then with growing waits, spread so that services do not return all at once. */
export class Connection {
  #model: ChannelModel | null = null;
  #closed = false;
  #stopWaiting: () => void = () => undefined;
  readonly #waiters = new Set<(model: ChannelModel | null) => void>();
  #run: Promise<void> = Promise.resolve();

  constructor(
    private readonly options: ConnectionOptions,
    private readonly logger: Logger,
    /** Called on every new connection. */
    private readonly onUp: () => void,
  ) {}

  start(): void {
    this.#run = this.keepConnected();
  }

  /** The connection, if it is up now. */
  get current(): ChannelModel | null {
    return this.#model;
  }

  /** The connection once it is up. @throws TransientError where that takes longer, or it was closed */
  async up(withinMs: number): Promise<ChannelModel> {
    if (this.#model !== null) return this.#model;
    if (this.#closed) throw new TransientError('bus-closed', 'the bus is closed');
    const model = await new Promise<ChannelModel | null>((resolve) => {
      const timer = setTimeout(() => give(null), withinMs);
      const give = (given: ChannelModel | null): void => {
        clearTimeout(timer);
        this.#waiters.delete(give);
        resolve(given);
      };
      this.#waiters.add(give);
    });
    if (model === null) throw new TransientError('bus-down', 'RabbitMQ cannot be reached');
    return model;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#stopWaiting();
    const model = this.#model;
    this.#model = null;
    for (const give of [...this.#waiters]) give(null);
    if (model !== null) await within(CLOSE_MS, model.close());
    await within(CONNECT_MS, this.#run);
  }

  private async keepConnected(): Promise<void> {
    let failures = 0;
    while (!this.#closed) {
      try {
        const model = await this.connectOnce();
        failures = 0;
        await this.lossOf(model);
      } catch (error) {
        failures += 1;
        this.log('rabbitmq-unreachable', { ...lineOf(error), failures });
      }
      await this.wait(failures);
    }
  }

  private async connectOnce(): Promise<ChannelModel> {
    const { url, name, heartbeatSeconds } = this.options;
    const target = new URL(url);
    target.searchParams.set('heartbeat', String(heartbeatSeconds));
    const model = await connect(target.href, { timeout: CONNECT_MS, noDelay: true, clientProperties: { connection_name: name } });
    // An 'error' without a listener would end the process; the 'close' that follows it is what counts.
    model.on('error', (error) => this.log('rabbitmq-error', lineOf(error)));
    return model;
  }

  /** Lends the connection out until it is lost. */
  private async lossOf(model: ChannelModel): Promise<void> {
    const lost = new Promise<void>((resolve) => model.once('close', () => resolve()));
    if (this.#closed) return within(CLOSE_MS, model.close());
    this.#model = model;
    for (const give of [...this.#waiters]) give(model);
    this.onUp();
    await lost;
    this.#model = null;
    if (!this.#closed) this.log('rabbitmq-lost', {});
  }

  private wait(failures: number): Promise<void> {
    if (this.#closed) return Promise.resolve();
    const { firstWaitMs, longestWaitMs } = this.options;
    const longest = Math.min(longestWaitMs, firstWaitMs * 2 ** failures);
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, longest * (0.5 + Math.random() / 2));
      this.#stopWaiting = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private log(event: string, fields: SafeDetails): void {
    this.logger.log('warn', event, { connection: this.options.name, ...fields });
  }
}

const lineOf = (error: unknown): SafeDetails => {
  const { code, message, details } = safeError(error);
  return { ...details, code, message };
};

async function within(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work.catch(() => undefined), deadline]);
  clearTimeout(timer);
}
