import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { type Log, NestLog } from '@sync-hub/observability';

export interface PortToOpen {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** The controllers that answer there. They get bodies raw. */
  readonly module: DynamicModule;
  /** A longer body is answered with 413. */
  readonly largestBodyBytes: number;
  readonly log: Log;
}

export interface OpenPort {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** Opens a port of ours for others to speak to. Rejects where it is taken. */
export async function openPort({ host, port, module, largestBodyBytes, log }: PortToOpen): Promise<OpenPort> {
  const app = await NestFactory.create<NestExpressApplication>(module, {
    logger: new NestLog(log),
    abortOnError: false,
    forceCloseConnections: true,
    bodyParser: false,
  });
  app.disable('x-powered-by');
  app.useBodyParser('raw', { type: () => true, limit: largestBodyBytes });
  await app.listen(port, host);
  const url = await app.getUrl();
  return { url, port: Number(new URL(url).port), close: () => app.close() };
}
