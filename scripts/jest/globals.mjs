/** What `@jest/globals` exports, always that of the file that runs: this module is imported once for all files of a worker. */
let ofFile;

/** From now on a file runs that Jest gave these. */
export function giveGlobals(globals) {
  ofFile = globals;
}

const of = (name) => new Proxy(() => undefined, { apply: (_, itself, args) => Reflect.apply(ofFile[name], itself, args), get: (_, key) => ofFile[name][key] });

export const [afterAll, afterEach, beforeAll, beforeEach] = ['afterAll', 'afterEach', 'beforeAll', 'beforeEach'].map(of);
export const [describe, expect, it, jest, test] = ['describe', 'expect', 'it', 'jest', 'test'].map(of);
