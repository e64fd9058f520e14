import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SiteOptions } from '../site-options.js';

/** What a scripted site answers. Without a body the connection is cut. */
export interface ScriptedAnswer {
  readonly status?: number;
  readonly body?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ScriptedRequest {
  readonly method: string;
  readonly path: string;
  readonly cookie: string | undefined;
  readonly authorization: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

const LOGGED_IN = '{"authenticated":true,"user":{"uuid":"admin","privileges":[{"display":"Set Audit Data"},{"display":"Get Users"}]}}';

type Script = (request: ScriptedRequest) => ScriptedAnswer | 'cut' | 'silence' | Promise<ScriptedAnswer>;

/** A tiny HTTP server whose answers a test writes down; logs in whoever sends Basic, and keeps count. */
export class ScriptedSite {
  readonly requests: ScriptedRequest[] = [];
  logins = 0;
  inFlight = 0;
  mostInFlight = 0;
  /** Whether a Basic login is let in. */
  letsIn = true;
  /** Sessions that the server still knows. */
  readonly sessions = new Set<string>();
  private constructor(
    private readonly server: Server,
    private readonly script: { current: Script },
  ) {}

  /** Starts on a free port. */
  static async start(script: Script): Promise<ScriptedSite> {
    const current = { current: script };
    const holder: { site?: ScriptedSite } = {};
    const server = createServer((message, response) => void holder.site?.serve(message, response));
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    holder.site = new ScriptedSite(server, current);
    return holder.site;
  }

  answers(script: Script): void {
    this.script.current = script;
  }

  options(change: Partial<SiteOptions> = {}): SiteOptions {
    const { port } = this.server.address() as AddressInfo;
    return {
      id: 'kisumu',
      baseUrl: `http://127.0.0.1:${port}/openmrs`,
      username: 'admin',
      password: 'secret',
      // On a busy machine an answer of our own process may take a second.
      answerTimeoutMs: 3000,
      connectTimeoutMs: 3000,
      ...change,
    };
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => {
      this.server.close(() => resolve());
    });
  }

  private async serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of message) chunks.push(chunk as Buffer);
    const { cookie, authorization } = message.headers;
    const request: ScriptedRequest = {
      method: message.method ?? '',
      path: message.url ?? '',
      cookie,
      authorization,
      headers: message.headers,
      body: Buffer.concat(chunks).toString(),
    };
    this.requests.push(request);
    this.inFlight += 1;
    this.mostInFlight = Math.max(this.mostInFlight, this.inFlight);
    const answer = request.path.endsWith('/session') ? this.session(request) : await this.script.current(request);
    this.inFlight -= 1;
    if (answer === 'silence') return;
    if (answer === 'cut') return void message.socket.destroy();
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers });
    response.end(answer.body ?? '');
  }

  private session({ authorization, cookie }: ScriptedRequest): ScriptedAnswer {
    if (authorization === undefined) return { body: this.sessions.has(cookie ?? '') ? LOGGED_IN : '{"authenticated":false}' };
    this.logins += 1;
    if (!this.letsIn) return { body: '{"authenticated":false}', headers: { 'set-cookie': 'JSESSIONID=anonymous; Path=/openmrs' } };
    const session = `JSESSIONID=s${this.logins}`;
    this.sessions.add(session);
    return {
      body: LOGGED_IN,
      headers: { 'set-cookie': `${session}; Path=/openmrs; HttpOnly` },
    };
  }
}
