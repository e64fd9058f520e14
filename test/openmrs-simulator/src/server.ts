import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Faults, type RequestFacts, replaced } from './faults.js';
import { type Answer, htmlAnswer, type Incoming } from './http.js';

/** One request as it went; never its content. Status 0: the connection was cut or nothing was answered. */
export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  /** What follows the question mark, as sent. */
  readonly query: string;
  readonly at: number;
  status: number;
  ms: number;
  /** Of the answer's body. */
  bytes: number;
}

/** One request with its content, once it was answered: for whoever wants to make the same again. */
export interface AnsweredRequest extends Readonly<LoggedRequest> {
  readonly rawQuery: string;
  readonly body: string;
}

interface Listening {
  readonly port?: number | undefined;
  readonly host?: string | undefined;
  readonly onAnswer?: ((answered: AnsweredRequest) => void) | undefined;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms).unref());

async function read(message: IncomingMessage): Promise<Incoming> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const [path = '/', rawQuery = ''] = (message.url ?? '/').split('?', 2);
  const headers = Object.fromEntries(Object.entries(message.headers).map(([key, value]) => [key, Array.isArray(value) ? value.join(', ') : value]));
  return { method: message.method ?? 'GET', path, rawQuery, query: new URLSearchParams(rawQuery), headers, body: Buffer.concat(chunks).toString('utf8') };
}

interface Done {
  readonly right: Answer;
  /** On the clock of `performance`, ms. */
  readonly doneAt: number;
  /** By the server's own clock. */
  readonly date: Date;
}

/** The HTTP side: listens on 127.0.0.1 unless told otherwise, logs, and does to requests and answers what the faults say. */
export class HttpServer {
  readonly requests: LoggedRequest[] = [];
  #server: Server | null = null;
  #port: number;
  readonly #host: string;
  readonly #onAnswer: ((answered: AnsweredRequest) => void) | undefined;

  constructor(
    private readonly faults: Faults,
    private readonly handle: (request: Incoming) => Answer,
    private readonly clock: () => number,
    { port = 0, host = '127.0.0.1', onAnswer }: Listening = {},
  ) {
    this.#host = host;
    this.#onAnswer = onAnswer;
    this.#port = port;
  }

  get port(): number {
    return this.#port;
  }

  /** Listens; after `down` on the same port as before. */
  async up(): Promise<void> {
    if (this.#server) return;
    const server = createServer((message, response) => void this.#serve(message, response).catch(() => message.socket.destroy()));
    this.#server = server;
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(this.#port, this.#host, resolve));
    this.#port = (server.address() as AddressInfo).port;
  }

  /** Connections are cut and new ones refused. */
  async down(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (!server) return;
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  }

  async #serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const started = performance.now();
    const request = await read(message);
    const logged: LoggedRequest = { method: request.method, path: request.path, query: request.rawQuery, at: Date.now(), status: 0, ms: 0, bytes: 0 };
    this.requests.push(logged);
    const facts: RequestFacts = { method: request.method, path: request.path, isWrite: request.method !== 'GET' && !request.path.endsWith('/session') };
    const fate = this.faults.fateOf(facts);
    if (fate.silent) return;
    if (fate.held) this.faults.hold(() => void this.handle(request));
    if (fate.held || fate.cut === 'before') return void message.socket.destroy();
    if (fate.latencyMs > 0) await pause(fate.latencyMs);
    const { right, doneAt, date } = fate.fails === null ? await this.#handled(request, facts) : this.#done(htmlAnswer(fate.fails, 'simulated'));
    if (fate.cut === 'after' || response.destroyed) return void message.socket.destroy();
    const sent = fate.wrongBody === null ? right : replaced(right, fate.wrongBody);
    Object.assign(logged, { status: sent.status, ms: doneAt - started, bytes: sent.body.length });
    this.#onAnswer?.({ ...logged, rawQuery: request.rawQuery, body: request.body });
    await this.#send(response, sent, date);
  }

  /** The answer, and when the server had it: what a test does right after it is not of the request. */
  async #handled(request: Incoming, facts: RequestFacts): Promise<Done> {
    await this.faults.beside?.(facts, 'before');
    const done = this.#done(this.handle(request));
    await this.faults.beside?.(facts, 'after');
    return done;
  }

  #done(right: Answer): Done {
    return { right, doneAt: performance.now(), date: new Date(this.clock()) };
  }

  async #send(response: ServerResponse, sent: Answer & { readonly cutAt?: number }, date: Date): Promise<void> {
    response.writeHead(sent.status, {
      date: date.toUTCString(),
      ...sent.headers,
      ...(sent.status === 204 || sent.status === 304 ? {} : { 'content-length': sent.body.length }),
    });
    if (sent.cutAt !== undefined) {
      response.write(sent.body.subarray(0, sent.cutAt), () => response.destroy());
      return;
    }
    const rate = this.faults.slowBodyBytesPerSecond;
    if (rate === null || sent.body.length === 0) return void response.end(sent.body);
    const step = Math.max(1, Math.floor(rate / 20));
    for (let at = 0; at < sent.body.length && !response.destroyed; at += step) {
      response.write(sent.body.subarray(at, at + step));
      await pause(50);
    }
    response.end();
  }
}
