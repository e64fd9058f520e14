import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { NestLog } from '@sync-hub/observability';
import { type ConsoleParts, consoleOver } from './console.module.js';

/** An answer with a long note, several times over. */
const LARGEST_BODY_BYTES = 256 * 1024;

export interface ConsoleOptions extends ConsoleParts {
  /** 0 takes a free one. */
  readonly port: number;
}

export interface RunningConsole {
  /** `http://127.0.0.1:4000`. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Serves the console on 127.0.0.1, and nowhere else. Rejects where the port is taken. */
export async function startConsole({ port, ...parts }: ConsoleOptions): Promise<RunningConsole> {
  const app = await NestFactory.create<NestExpressApplication>(consoleOver(parts), {
    logger: new NestLog(parts.log),
    abortOnError: false,
    forceCloseConnections: true,
    bodyParser: false,
  });
  app.disable('x-powered-by');
  app.useBodyParser('raw', { type: () => true, limit: LARGEST_BODY_BYTES });
  await app.listen(port, '127.0.0.1');
  return { url: await app.getUrl(), stop: () => app.close() };
}
