import { RequestMethod } from '@nestjs/common';
import { NEED, type Need } from '../access/needs.js';
import { type ConsoleParts, consoleOver } from '../console.module.js';

export interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Undefined where the path says nothing. */
  readonly need: Need | undefined;
}

type Controller = new (...args: never[]) => unknown;

/** Every path that Nest serves, by what the controllers say of themselves. */
export const routesOf = (parts: ConsoleParts): readonly Route[] =>
  (consoleOver(parts).controllers ?? []).flatMap((controller) => {
    const [base = ''] = pathsOf(controller);
    return handlersOf(controller).flatMap((handler) =>
      pathsOf(handler).map((path) => ({
        method: RequestMethod[Reflect.getMetadata('method', handler) as number] as Route['method'],
        path: `/${base}/${path}`.replace(/\/{2,}/g, '/').replace(/(.)\/$/, '$1'),
        need: Reflect.getMetadata(NEED, handler) as Need | undefined,
      })),
    );
  });

const pathsOf = (of: object): readonly string[] =>
  [Reflect.getMetadata('path', of) as string | readonly string[] | undefined].flat().filter((path) => path !== undefined);

function handlersOf({ prototype }: Controller): readonly object[] {
  const methods = prototype as Readonly<Record<string, object>>;
  return Object.getOwnPropertyNames(prototype).flatMap((name) => (name === 'constructor' ? [] : (methods[name] ?? [])));
}
