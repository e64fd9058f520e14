import type { DestinationStream } from 'pino';
import { createLog, type Log, type LogOptions } from '../log.js';

/** A log that keeps its lines, for tests that read them. */
export function keptLog(options: Partial<LogOptions> = {}): {
  readonly log: Log;
  readonly lines: () => Record<string, unknown>[];
  readonly text: () => string;
} {
  const written: string[] = [];
  const destination: DestinationStream = { write: (line) => void written.push(line) };
  return {
    log: createLog({ service: 'pusher', destination, ...options }),
    lines: () => written.map((line) => JSON.parse(line) as Record<string, unknown>),
    text: () => written.join(''),
  };
}

/** A log that says nothing. */
export const silentLog = (): Log => createLog({ service: 'test', level: 'silent', destination: { write: () => undefined } });
