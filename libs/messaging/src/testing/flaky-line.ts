import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A line to a server that a test can cut. */
export interface FlakyLine {
  /** The server's address, by way of this line. */
  readonly url: string;
  /** How many connections go over it now. */
  connections(): number;
  /** Cuts every connection, without a goodbye. */
  cut(): void;
  /** Nothing comes through any more, and nobody is told. */
  freeze(): void;
  /** New connections are cut at once, until `mend`. */
  breakDown(): void;
  mend(): void;
  close(): Promise<void>;
}

/** Stands between a client and a server on this machine. */
export async function flakyLine(serverUrl: string): Promise<FlakyLine> {
  const target = new URL(serverUrl);
  const sockets = new Set<Socket>();
  let broken = false;
  const server = createServer((client) => {
    if (broken) return void client.destroy();
    const upstream = connect(Number(target.port), target.hostname);
    sockets.add(client);
    sockets.add(upstream);
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      one.pipe(other);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        other.destroy();
        sockets.delete(one);
      });
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(serverUrl);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  const cut = (): void => {
    for (const socket of [...sockets]) socket.destroy();
  };
  return {
    url: url.href,
    connections: () => sockets.size / 2,
    cut,
    freeze: () => {
      for (const socket of sockets) socket.unpipe().pause();
    },
    breakDown: () => {
      broken = true;
      cut();
    },
    mend: () => {
      broken = false;
    },
    close: async () => {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}
