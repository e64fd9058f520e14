import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Meters } from './meters.js';

/**
 * What a process needs to be of use. Sites are not among it on purpose: a dead clinic makes nobody unready.
 * A check that throws or takes too long counts as down.
 */
export interface ReadinessChecks {
  readonly database: () => Promise<boolean>;
  /** Left out by a process that uses none. */
  readonly bus?: () => Promise<boolean>;
}

export interface HealthOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly checks: ReadinessChecks;
  readonly meters: Pick<Meters, 'exposition'>;
  readonly checkTimeoutMs?: number;
}

type Answer = { readonly status: number; readonly contentType: string; readonly body: string };
const json = (status: number, body: object): Answer => ({ status, contentType: 'application/json', body: JSON.stringify(body) });

/** `/health/live`, `/health/ready` and `/metrics`, for whoever runs the process. */
export class HealthServer {
  private readonly server: Server;

  constructor(private readonly options: HealthOptions) {
    this.server = createServer((request, response) => void this.respond(request, response));
  }

  /** Listens, and answers with the port it got. Rejects where the port is taken. */
  async start(): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(this.options.port, this.options.host, resolve);
    });
    const address = this.server.address();
    return typeof address === 'object' && address !== null ? address.port : this.options.port;
  }

  /** Stops listening and drops connections that are kept alive. */
  async stop(): Promise<void> {
    if (!this.server.listening) return;
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeAllConnections();
    await closed;
  }

  private async respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { status, contentType, body } = await this.answer(request).catch(() => json(500, { error: 'unexpected' }));
    response.writeHead(status, { 'content-type': contentType, 'cache-control': 'no-store', 'content-length': Buffer.byteLength(body) });
    response.end(request.method === 'HEAD' ? '' : body);
  }

  private async answer(request: IncomingMessage): Promise<Answer> {
    if (request.method !== 'GET' && request.method !== 'HEAD') return json(405, { error: 'only GET' });
    switch (request.url?.split('?')[0]) {
      case '/health/live':
        return json(200, { live: true });
      case '/health/ready':
        return this.readiness();
      case '/metrics': {
        const { contentType, text } = await this.options.meters.exposition();
        return { status: 200, contentType, body: text };
      }
      default:
        return json(404, { error: 'not here', here: ['/health/live', '/health/ready', '/metrics'] });
    }
  }

  private async readiness(): Promise<Answer> {
    const { checks, checkTimeoutMs = 2_000 } = this.options;
    const asked = Object.entries(checks).map(async ([name, check]) => [name, (await isUp(check, checkTimeoutMs)) ? 'up' : 'down'] as const);
    const found = Object.fromEntries(await Promise.all(asked));
    const ready = Object.values(found).every((state) => state === 'up');
    return json(ready ? 200 : 503, { ready, ...found });
  }
}

async function isUp(check: () => Promise<boolean>, timeoutMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), timeoutMs).unref();
  });
  try {
    return await Promise.race([check(), tooLong]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
