import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What becomes of a request on its way: it goes through, is cut off before it is whole, its answer is lost once the server has given it, or somebody else answers. */
export type Way = 'through' | 'cut-off' | 'answer-lost' | { readonly answeredBy: string };

/** An HTTP server that passes requests on to another one, as a bad line does. */
export async function tappedLine(target: string) {
  let way: Way = 'through';
  let cuts = 0;
  const requests: { readonly path: string; readonly body: string; readonly headers: IncomingMessage['headers'] }[] = [];
  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const now = way;
    if (now === 'cut-off') {
      cuts += 1;
      return void request.once('data', () => request.socket.destroy());
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    requests.push({ path: request.url ?? '', body: body.toString(), headers: request.headers });
    if (typeof now === 'object') return void response.writeHead(200, { 'content-type': 'application/json', ...echoed(request.headers) }).end(now.answeredBy);
    const { host: _host, connection: _connection, ...headers } = request.headers;
    const answer = await fetch(`${target}${request.url ?? ''}`, { method: request.method ?? 'GET', headers: headers as Record<string, string>, body });
    const bytes = Buffer.from(await answer.arrayBuffer());
    if (now === 'answer-lost') return void request.socket.destroy();
    const { 'content-length': _length, 'transfer-encoding': _encoding, connection: _kept, ...said } = Object.fromEntries(answer.headers);
    response.writeHead(answer.status, said).end(bytes);
  };
  const server = createServer((request, response) => void pass(request, response).catch(() => request.socket.destroy())).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    /** How many requests were cut off. */
    cuts: () => cuts,
    goes: (next: Way): void => {
      way = next;
    },
    close: async (): Promise<void> => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** All that somebody knows who stands between, and has no secret. */
const echoed = (headers: IncomingMessage['headers']): Record<string, string> =>
  Object.fromEntries(['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => [name, String(headers[name])]));

export type TappedLine = Awaited<ReturnType<typeof tappedLine>>;
