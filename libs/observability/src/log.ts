import { safeError } from '@sync-hub/contracts';
import pino, { type DestinationStream, type Logger } from 'pino';
import { codePlaces } from './code-places.js';
import { type LogFields, safeFields } from './safe-fields.js';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/**
 * One line per handled message or act, as wide as it needs to be: an event's name, and fields from an allow-list. What is
 * not on the list is dropped and counted, so that patient data cannot leak by accident.
 */
export interface Log {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  /** `error` is anything thrown: of it only what `safeError` lets out is written, and where in our code it arose. */
  warn(event: string, fields?: LogFields, error?: unknown): void;
  error(event: string, error: unknown, fields?: LogFields): void;
  /** The same log with fields that every line has. */
  with(fields: LogFields): Log;
}

export interface LogOptions {
  readonly service: string;
  readonly instance?: string;
  readonly level?: LogLevel | 'silent';
  readonly destination: DestinationStream;
  /** Told how many fields of a line were dropped. */
  readonly onDropped?: (count: number) => void;
}

const EVENT = /^[a-z]+(?:[.-][a-z]+)*$/;

/** A log that writes JSON lines to `destination`. */
export function createLog({ service, instance, level = 'info', destination, onDropped }: LogOptions): Log {
  const logger = pino(
    { level, base: null, messageKey: 'event', timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (label) => ({ level: label }) } },
    destination,
  );
  return logOver(logger, { service, ...(instance === undefined ? {} : { instance }) }, onDropped ?? (() => undefined));
}

function logOver(logger: Logger, always: LogFields, onDropped: (count: number) => void): Log {
  const write = (level: LogLevel, event: string, fields: LogFields, error?: unknown): void => {
    if (!logger.isLevelEnabled(level)) return;
    const { kept, dropped } = safeFields({ ...always, ...fields });
    const named = EVENT.test(event);
    const lost = dropped + (named ? 0 : 1);
    if (lost > 0) onDropped(lost);
    logger[level]({ ...kept, ...(error === undefined ? {} : errorFields(error)), ...(lost > 0 ? { dropped: lost } : {}) }, named ? event : 'unnamed');
  };
  return {
    debug: (event, fields = {}) => write('debug', event, fields),
    info: (event, fields = {}) => write('info', event, fields),
    warn: (event, fields = {}, error = undefined) => write('warn', event, fields, error),
    error: (event, error, fields = {}) => write('error', event, fields, error ?? new Error('nothing was thrown')),
    with: (fields) => logOver(logger, { ...always, ...fields }, onDropped),
  };
}

function errorFields(error: unknown): { readonly error: object } {
  const { code, message, details } = safeError(error);
  const at = codePlaces(error);
  return { error: { code, message, ...(Object.keys(details).length > 0 ? { details } : {}), ...(at.length > 0 ? { at } : {}) } };
}
