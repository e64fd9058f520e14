/** What `@jest/globals` exports, always that of the file that runs: this module is imported once for all files of a worker. */
const GLOBALS = Symbol.for('sync-hub.jest-globals');

const of = (name) =>
  new Proxy(() => undefined, {
    apply: (_, itself, args) => Reflect.apply(globalThis[GLOBALS].of[name], itself, args),
    get: (_, key) => globalThis[GLOBALS].of[name][key],
  });

export const [afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest, test] = [
  'afterAll',
  'afterEach',
  'beforeAll',
  'beforeEach',
  'describe',
  'expect',
  'it',
  'jest',
  'test',
].map(of);
