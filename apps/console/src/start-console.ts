import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Configuration } from '@sync-hub/configuration';
import { NestLog } from '@sync-hub/observability';
import { clientSecretOf } from '@sync-hub/runtime';
import { type ConsoleParts, consoleOver } from './console.module.js';

export interface ConsoleOptions extends ConsoleParts {
  /** 0 takes a free one. */
  readonly port: number;
  /** 127.0.0.1 unless given. */
  readonly host?: string | undefined;
}

export interface RunningConsole {
  /** On this machine: `http://127.0.0.1:4000`. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Serves the console on 127.0.0.1, and nowhere else, unless the configuration says where. Rejects where the port is taken. */
export async function startConsole({ port, host = '127.0.0.1', ...parts }: ConsoleOptions): Promise<RunningConsole> {
  const app = await NestFactory.create<NestExpressApplication>(consoleOver(parts), {
    logger: new NestLog(parts.log),
    abortOnError: false,
    forceCloseConnections: true,
    // Read by BodyInterceptor, behind the guard.
    bodyParser: false,
  });
  app.disable('x-powered-by');
  await app.listen(port, host);
  return { url: (await app.getUrl()).replace(/\/\/(?:0\.0\.0\.0|\[::\d?\])(?=:)/, '//127.0.0.1'), stop: () => app.close() };
}

/** Where the console listens, at which address people open it, and who else vouches for them, as the configuration says. */
export const reachOf = (current: () => Configuration): Pick<ConsoleOptions, 'host' | 'address' | 'oidc'> => ({
  host: current().instance.console?.host,
  address: () => current().instance.console?.url,
  oidc: { current: () => current().instance.console?.oidc, secret: clientSecretOf },
});
