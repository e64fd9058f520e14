import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import type { Call, FieldOptions, Made, SiteName } from './field.js';

/** What the field is told, and what it answers. Each is answered once, in order. */
export interface FieldWords {
  start: { readonly ask: FieldOptions; readonly answer: Readonly<Record<SiteName, string>> };
  answerIn: { readonly ask: number; readonly answer: null };
  change: { readonly ask: number; readonly answer: readonly Made[] };
  changeOne: { readonly ask: number; readonly answer: Made };
  arrived: { readonly ask: readonly string[]; readonly answer: number };
  writes: { readonly ask: null; readonly answer: number };
  calls: { readonly ask: null; readonly answer: readonly Call[] };
  forget: { readonly ask: null; readonly answer: null };
}

const ROOT = path.resolve(import.meta.dirname, '../..');

/** Both sites in a process of their own, so that what they cost is not the hub's and neither waits for the other's event loop. It ends with us. */
export class FieldProcess {
  readonly #child: ChildProcess;
  readonly #waiting: { readonly resolve: (answer: unknown) => void; readonly reject: (error: Error) => void }[] = [];

  constructor() {
    const execArgv = ['--import', path.join(ROOT, 'scripts/typescript.mjs')];
    // Not our environment: Jest's options are in it.
    this.#child = fork(path.join(import.meta.dirname, 'field.main.ts'), [], { cwd: ROOT, execArgv, env: { PATH: process.env['PATH'] ?? '' } });
    this.#child.on('message', ({ answer, error }: { readonly answer?: unknown; readonly error?: string }) => {
      const first = this.#waiting.shift();
      if (error === undefined) first?.resolve(answer);
      else first?.reject(new Error(error));
    });
    this.#child.once('exit', (code) => {
      for (const { reject } of this.#waiting.splice(0)) reject(new Error(`the simulated sites ended by themselves (${code ?? 'killed'})`));
    });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  ask<Word extends keyof FieldWords>(word: Word, ask: FieldWords[Word]['ask']): Promise<FieldWords[Word]['answer']> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve: (answer) => resolve(answer as FieldWords[Word]['answer']), reject });
      this.#child.send({ word, ask });
    });
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = new Promise((resolve) => void this.#child.once('exit', resolve));
    this.#child.kill('SIGTERM');
    await ended;
  }
}
