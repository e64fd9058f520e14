import { TestEnvironment } from 'jest-environment-node';

/** What `expect.any` knows by identity. */
const SHARED = ['Array', 'BigInt', 'Boolean', 'Function', 'Number', 'Object', 'String', 'Symbol'];

/** Jest's `testEnvironment` beside `native-runtime.mjs`: its own world, in which a String is what it is to those who are tested. */
export default class NativeEnvironment extends TestEnvironment {
  constructor(...args) {
    super(...args);
    for (const name of SHARED) this.global[name] = globalThis[name];
  }

  /** Jest has by now made stacks its own matter, and knows no lines of what Node itself imports. */
  async setup() {
    await super.setup();
    process.setSourceMapsEnabled(true);
    delete Error.prepareStackTrace;
    delete this.global.Error.prepareStackTrace;
  }
}
