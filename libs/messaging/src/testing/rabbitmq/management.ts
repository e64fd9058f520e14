import { randomBytes } from 'node:crypto';

/** A virtual host of a test file's own: its queues are nobody else's. */
export interface TestVhost {
  readonly name: string;
  /** To be given to a bus. */
  readonly url: string;
  drop(): Promise<void>;
}

/** RabbitMQ's management interface, as far as tests need it. `url` has the user and password in it. */
export class Management {
  readonly #base: string;
  readonly #authorization: string;

  constructor(url: string) {
    const { protocol, host, username, password } = new URL(url);
    this.#base = `${protocol}//${host}/api`;
    this.#authorization = `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}`;
  }

  /** True where it answers and lets us in. */
  async answers(): Promise<boolean> {
    return this.request('GET', '/vhosts').then(
      () => true,
      () => false,
    );
  }

  async version(): Promise<string> {
    const overview = (await (await this.request('GET', '/overview')).json()) as { rabbitmq_version?: string };
    return overview.rabbitmq_version ?? 'of unknown version';
  }

  async addVhost(name: string): Promise<void> {
    await this.request('PUT', `/vhosts/${encodeURIComponent(name)}`);
  }

  /** With its queues; its connections are closed. */
  async dropVhost(name: string): Promise<void> {
    await this.request('DELETE', `/vhosts/${encodeURIComponent(name)}`);
  }

  private async request(method: string, path: string): Promise<Response> {
    const answer = await fetch(`${this.#base}${path}`, {
      method,
      headers: { authorization: this.#authorization, 'content-type': 'application/json', connection: 'close' },
      signal: AbortSignal.timeout(10_000),
    });
    if (!answer.ok) throw new Error(`RabbitMQ's management answered ${answer.status} to ${method} ${path}`);
    return answer;
  }
}

/** A new virtual host on a broker. */
export async function newVhost(brokerUrl: string, management: Management): Promise<TestVhost> {
  const name = `sync-hub-${randomBytes(6).toString('hex')}`;
  await management.addVhost(name);
  return { name, url: vhostUrl(brokerUrl, name), drop: () => management.dropVhost(name) };
}

export function vhostUrl(brokerUrl: string, name: string): string {
  const url = new URL(brokerUrl);
  url.pathname = `/${encodeURIComponent(name)}`;
  return url.href;
}
