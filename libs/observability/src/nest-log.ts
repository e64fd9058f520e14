import type { LoggerService } from '@nestjs/common';
import type { Log } from './log.js';

/**
 * What Nest says, without what it says it about: its messages carry whatever a handler threw or was given, so only the name
 * of the class that speaks is passed on, and an error as `safeError` lets it out. Mistakes in the wiring, whose texts name
 * nothing but our own classes, go to `onWiring`, since a process that cannot start must say why.
 */
export class NestLog implements LoggerService {
  constructor(
    private readonly to: Log,
    private readonly onWiring: (text: string) => void = () => undefined,
  ) {}

  log(...said: unknown[]): void {
    this.to.debug('nest', contextOf(said));
  }

  debug(...said: unknown[]): void {
    this.to.debug('nest', contextOf(said));
  }

  verbose(...said: unknown[]): void {
    this.to.debug('nest', contextOf(said));
  }

  warn(...said: unknown[]): void {
    this.to.warn('nest', contextOf(said));
  }

  error(...said: unknown[]): void {
    const thrown = said.find((one) => one instanceof Error);
    if (thrown !== undefined && WIRING.has(thrown.constructor.name)) this.onWiring(thrown.message);
    this.to.error('nest', thrown ?? new UntoldError(), contextOf(said));
  }

  fatal(...said: unknown[]): void {
    this.error(...said);
  }
}

/** An error that Nest told only as text. */
class UntoldError extends Error {
  override readonly name = 'UntoldError';
}

/** Errors of @nestjs/core 12 about how modules hang together; their texts name classes and injection tokens. */
const WIRING: ReadonlySet<string> = new Set([
  ...['CircularDependencyException', 'InvalidClassException', 'InvalidClassModuleException', 'InvalidClassScopeException', 'InvalidModuleException'],
  ...['InvalidProviderException', 'UndefinedDependencyException', 'UndefinedForwardRefException', 'UndefinedModuleException'],
  ...['UnknownDependenciesException', 'UnknownElementException', 'UnknownExportException', 'UnknownModuleException', 'RouteConflictException'],
]);

function contextOf(said: readonly unknown[]): { readonly code?: string } {
  const context = said.length > 1 ? said.at(-1) : undefined;
  return typeof context === 'string' && /^[A-Z][A-Za-z]{0,60}$/.test(context) ? { code: context.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase() } : {};
}
