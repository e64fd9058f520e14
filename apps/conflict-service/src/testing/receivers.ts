import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface Posted {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Whoever takes webhooks: keeps what is posted, and answers as the test says. */
export async function webhookReceiver() {
  const posted: Posted[] = [];
  const answers = { status: 204 };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      posted.push({ headers: request.headers, body: Buffer.concat(chunks) });
      response.writeHead(answers.status).end('its own words, which go nowhere');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    posted,
    answers,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    stop: () => new Promise<void>((resolve) => void server.close(() => resolve())),
  };
}

export interface Mailed {
  readonly to: readonly string[];
  readonly text: string;
}

/** A mail server that keeps what it is handed. */
export async function mailServer(options: SMTPServerOptions = {}) {
  const mails: Mailed[] = [];
  const tried: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onAuth: ({ username, password }, _session, done) => {
      tried.push(`${username}:${password}`);
      if (password === 'right') done(null, { user: username });
      else done(new Error('the server names somebody'));
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), text: Buffer.concat(chunks).toString('utf8') });
        done();
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return { mails, tried, port: (server.server.address() as AddressInfo).port, stop: () => new Promise<void>((resolve) => server.close(() => resolve())) };
}
