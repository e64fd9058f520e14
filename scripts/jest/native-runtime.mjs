/**
 * Jest's `runtime`: what is tested is imported by Node itself, once in each worker, and only the test framework lives in Jest's own world. Else every
 * test file reads and links all of the program anew, and runs it cold. What it costs: module mocks and fake timers, which nothing here uses, and that
 * module state outlives a file.
 */
import { register } from 'node:module';
import { pathToFileURL } from 'node:url';
import JestRuntime from 'jest-runtime';
import { giveGlobals } from './globals.mjs';

register('./globals-hooks.mjs', import.meta.url);
register('../typescript-hooks.mjs', import.meta.url);

export default class NativeRuntime extends JestRuntime {
  unstable_shouldLoadAsEsm(modulePath) {
    return modulePath.endsWith('.ts');
  }

  async unstable_importModule(from) {
    const globals = this.jestGlobals.cjsGlobals(from);
    giveGlobals(globals);
    Object.assign(globalThis, globals); // for what must not import `@jest/globals`
    this.ownConsole = globalThis.console;
    globalThis.console = this._environment.global.console;
    return import(pathToFileURL(from).href);
  }

  teardown() {
    if (this.ownConsole !== undefined) globalThis.console = this.ownConsole;
    super.teardown();
  }
}
