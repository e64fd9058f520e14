/** Running other programs in the project's folder. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a program with our terminal; its exit code, or 1 when a signal ended it or it cannot be started. A signal to us is its
 * to answer: we pass it on and end after it. (Ctrl-C in a terminal reaches it without us.)
 */
export function run(program, args, options = {}) {
  return new Promise((ended) => {
    const child = spawn(program, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' && program === 'npm', ...options });
    const passOn = (signal) => (signal === 'SIGINT' && process.stdin.isTTY) || child.kill(signal);
    for (const signal of SIGNALS) process.on(signal, passOn);
    const end = (code) => {
      for (const signal of SIGNALS) process.off(signal, passOn);
      ended(code);
    };
    child.once('error', (error) => {
      console.error(`${program}: ${error.message}`);
      end(1);
    });
    child.once('exit', (code) => end(code ?? 1));
  });
}

/** Runs a program that npm brought. */
export const runTool = (tool, args, options) => run(process.execPath, [path.join(root, 'node_modules', tool), ...args], options);

/** Runs TypeScript as it stands, without a build. */
export const runTypeScript = (entry, args, nodeOptions = []) =>
  run(process.execPath, [...nodeOptions, '--import', pathToFileURL(path.join(root, 'scripts/typescript.mjs')).href, path.join(root, entry), ...args]);

export const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;
