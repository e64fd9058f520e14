import type { OidcConfiguration } from '@sync-hub/configuration';
import { type Route, routesOf } from '../api/routes-of.js';
import { consoleOver } from '../console.module.js';
import { askedOfApi, RECORD_OF_RUN, REPORT_ROW } from './asked-of-api.js';
import { aPatientConflict } from './conflict.builder.js';
import { MemoryDesk } from './memory-desk.js';
import { MemoryFeeds } from './memory-feeds.js';
import { aHeld, MemoryHeld } from './memory-held.js';
import { MemoryRecords } from './memory-records.js';
import { memoryDesks } from './memory-rules.js';
import { aRun, MemoryRuns } from './memory-runs.js';
import { anOverview } from './overview.builder.js';
import { BENCH_TOKEN, peopleBench } from './people-bench.js';
import { startTestProvider, TEST_CLIENT } from './test-provider.js';

/** What a path is asked with. */
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
  let settings: OidcConfiguration | undefined;
  const bench = await peopleBench({ oidc: { current: () => settings, secret: async () => TEST_CLIENT.secret } }, desks());
  const provider = await startTestProvider(`${bench.url}/api/session/oidc/callback`);
  settings = {
    issuer: provider.issuer,
    clientId: TEST_CLIENT.id,
    clientSecret: { env: 'OIDC' },
    scopes: ['profile'],
    nameClaim: 'name',
    rolesClaim: 'groups',
    roles: [],
  };
  const person = await bench.somebody('jane', 'administrator');
  const credentials = async ({ need }: Pick<Route, 'need'>): Promise<Record<string, string>> =>
    need?.permission === 'own' ? bench.inBrowser(await bench.sessionOf(person.id)) : { authorization: `Bearer ${BENCH_TOKEN}` };
  return {
    routes: routesOf(consoleOver(bench.parts).controllers ?? []),
    asked: askedOfApi(person),
    ask: async (route: Pick<Route, 'method' | 'path' | 'need'>, { id = '', query = '', body }: Asking = {}): Promise<Answered> => {
      const sent = body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
      const answer = await fetch(`${bench.url}${route.path.replace(/:\w+/, id)}${query}`, {
        method: route.method,
        redirect: 'manual',
        ...sent,
        headers: { ...(await credentials(route)), ...sent.headers },
      });
      const type = answer.headers.get('content-type')?.split(';')[0] ?? '';
      const text = await answer.text();
      return { status: answer.status, type, told: type === 'application/json' && text !== '' ? JSON.parse(text) : text };
    },
    stop: async () => {
      await bench.stop();
      await provider.stop();
    },
  };
}

function desks() {
  const held = new MemoryHeld([aHeld(1), aHeld(2), aHeld(3), aHeld(4)]);
  held.away = [{ site: 'siaya', state: 'down', since: '2026-11-30T10:42:00.000Z', waiting: 3 }];
  const conflicts = Array.from({ length: 6 }, (_, index) => aPatientConflict(index + 1));
  return {
    ...memoryDesks(new MemoryDesk(conflicts), held, new MemoryRecords(), new MemoryRuns([aRun(1)], [RECORD_OF_RUN]), new MemoryFeeds()),
    overview: { read: async () => anOverview() },
    report: { read: async () => [REPORT_ROW] },
  };
}
