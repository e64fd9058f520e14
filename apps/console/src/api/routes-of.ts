import { RequestMethod } from '@nestjs/common';
import { NEED, type Need } from '../access/needs.js';
import { TELLS, type Tells } from './tells.js';

export interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** The method that serves it: `ManualRunController.begin`. */
  readonly by: string;
  /** What it answers with where all is well. */
  readonly status: number;
  /** Undefined where the path says nothing. */
  readonly need: Need | undefined;
  /** What it takes and tells; undefined where it does not say. */
  readonly tells: Tells | undefined;
}

interface Controller {
  readonly name: string;
  readonly prototype: object;
}

/** Every path that these controllers serve, by what they say of themselves. */
export const routesOf = (controllers: readonly unknown[]): readonly Route[] =>
  (controllers as readonly Controller[]).flatMap((controller) => {
    const [base = ''] = pathsOf(controller);
    return handlersOf(controller).flatMap(([name, handler]) => {
      const method = RequestMethod[Reflect.getMetadata('method', handler) as number] as Route['method'];
      return pathsOf(handler).map((path) => ({
        method,
        path: `/${base}/${path}`.replace(/\/{2,}/g, '/').replace(/(.)\/$/, '$1'),
        by: `${controller.name}.${name}`,
        status: (Reflect.getMetadata('__httpCode__', handler) as number | undefined) ?? (method === 'POST' ? 201 : 200),
        need: Reflect.getMetadata(NEED, handler) as Need | undefined,
        tells: Reflect.getMetadata(TELLS, handler) as Tells | undefined,
      }));
    });
  });

const pathsOf = (of: object): readonly string[] =>
  [Reflect.getMetadata('path', of) as string | readonly string[] | undefined].flat().filter((path) => path !== undefined);

function handlersOf({ prototype }: Controller): readonly (readonly [string, object])[] {
  const methods = prototype as Readonly<Record<string, object>>;
  return Object.getOwnPropertyNames(prototype).flatMap((name) => {
    const handler = methods[name];
    return name === 'constructor' || handler === undefined ? [] : [[name, handler] as const];
  });
}
