import { keptLog } from '@sync-hub/observability/testing';
import { type ConsoleOptions, startConsole } from '../start-console.js';
import { MemoryDesk } from './memory-desk.js';
import { memoryDesks } from './memory-rules.js';
import { anOverview } from './overview.builder.js';

export const TOKEN = 'the-token-of-these-tests-0123456789abcdef';

export type MemoryConsole = Awaited<ReturnType<typeof memoryConsole>>;

/** A console in front of desks without a hub behind them, or of these, and what it logs. */
export async function memoryConsole(desks: Partial<ConsoleOptions> = {}) {
  const kept = keptLog();
  const running = await startConsole({
    port: 0,
    log: kept.log,
    overview: { read: async () => anOverview() },
    ...memoryDesks(new MemoryDesk([])),
    report: { read: async () => [] },
    token: TOKEN,
    ...desks,
  });
  return { url: running.url, stop: () => running.stop(), kept };
}
