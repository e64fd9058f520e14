import { keptLog } from '@sync-hub/observability/testing';
import { type Route, routesOf } from '../api/routes-of.js';
import { consoleOver } from '../console.module.js';
import { startConsole } from '../start-console.js';
import { RECORD_OF_RUN, REPORT_ROW } from './asked-of-api.js';
import { aPatientConflict } from './conflict.builder.js';
import { MemoryDesk } from './memory-desk.js';
import { MemoryFeeds } from './memory-feeds.js';
import { aHeld, MemoryHeld } from './memory-held.js';
import { MemoryRecords } from './memory-records.js';
import { memoryDesks } from './memory-rules.js';
import { aRun, MemoryRuns } from './memory-runs.js';
import { anOverview } from './overview.builder.js';

const TOKEN = 'the-token-of-these-tests-0123456789abcdef';

/** What a path was asked with. */
export interface Asking {
  readonly id?: string;
  readonly query?: string;
  readonly body?: unknown;
}

export interface Answered {
  readonly status: number;
  /** What it is in, without its parameters; empty where nothing was told. */
  readonly type: string;
  /** Of JSON what it says, of everything else the text. */
  readonly told: unknown;
}

/** A console with all its paths, and with something behind each of them. */
export async function apiBench() {
  const held = new MemoryHeld([aHeld(1), aHeld(2), aHeld(3), aHeld(4)]);
  held.away = [{ site: 'siaya', state: 'down', since: '2026-11-30T10:42:00.000Z', waiting: 3 }];
  const conflicts = Array.from({ length: 6 }, (_, index) => aPatientConflict(index + 1));
  const desks = memoryDesks(new MemoryDesk(conflicts), held, new MemoryRecords(), new MemoryRuns([aRun(1)], [RECORD_OF_RUN]), new MemoryFeeds());
  const report = { read: async () => [REPORT_ROW] };
  const parts = { ...desks, log: keptLog().log, overview: { read: async () => anOverview() }, report, token: TOKEN };
  const routes = routesOf(consoleOver(parts).controllers ?? []);
  const running = await startConsole({ ...parts, port: 0 });
  return {
    routes,
    ask: async ({ method, path }: Pick<Route, 'method' | 'path'>, { id = '', query = '', body }: Asking = {}): Promise<Answered> => {
      const sent = body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
      const answer = await fetch(`${running.url}${path.replace(/:\w+/, id)}${query}`, {
        method,
        ...sent,
        headers: { authorization: `Bearer ${TOKEN}`, ...sent.headers },
      });
      const type = answer.headers.get('content-type')?.split(';')[0] ?? '';
      const text = await answer.text();
      return { status: answer.status, type, told: type === 'application/json' && text !== '' ? JSON.parse(text) : text };
    },
    stop: () => running.stop(),
  };
}
