import { command } from '../../apps/standalone/src/command.js';

/** The command line with that environment, and no database but one that it names, in this process: its exit code and what it said. */
export const commandLine =
  (env: Readonly<Record<string, string>>) =>
  async (...args: string[]): Promise<{ readonly code: number; readonly said: string }> => {
    const before = { ...process.env };
    delete process.env['DATABASE_URL'];
    Object.assign(process.env, env);
    const lines: string[] = [];
    try {
      return { code: await command(args, (line) => void lines.push(line)), said: lines.join('\n') };
    } finally {
      process.env = before;
    }
  };
