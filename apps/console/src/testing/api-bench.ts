import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { OidcConfiguration } from '@sync-hub/configuration';
import type { BoardInstance } from '@sync-hub/contracts';
import { aToldHealth } from '@sync-hub/contracts/testing';
import { type Route, routesOf } from '../api/routes-of.js';
import { consoleOver } from '../console.module.js';
import { askedOfApi, BODY_OF_API, LINE_OF_API, RECORD_OF_RUN, REPORT_ROW, type Tell } from './asked-of-api.js';
import { aPatientConflict } from './conflict.builder.js';
import { aLine, aProof, MemoryAudit } from './memory-audit.js';
import { MemoryDesk } from './memory-desk.js';
import { MemoryFeeds } from './memory-feeds.js';
import { aHeld, MemoryHeld } from './memory-held.js';
import { aMessageLine, memoryMessages } from './memory-messages.js';
import { anOwnGroup, MemoryOwn } from './memory-own.js';
import { aPatientsLife, MemoryRecords } from './memory-records.js';
import { memoryDesks } from './memory-rules.js';
import { aRun, MemoryRuns } from './memory-runs.js';
import { aWidgetState } from './memory-widgets.js';
import { anOverview } from './overview.builder.js';
import { BENCH_TOKEN, EXAMPLE_FILE, peopleBench } from './people-bench.js';
import { aPlaceConflict } from './place-conflict.js';
import { startTestProvider, TEST_CLIENT } from './test-provider.js';

const HEARD_AT = '2026-11-30T10:42:00.000Z';
const AN_INSTANCE: BoardInstance = {
  ...{ origin: 'kisumu-box', heardAt: HEARD_AT, isUnheard: false, isOutdated: false },
  ...{ health: aToldHealth(), healthAsOf: HEARD_AT, healthHeardAt: HEARD_AT },
};
const NEVER_HEARD = { heardAt: null, isOutdated: true, health: null, healthAsOf: null, healthHeardAt: null };

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
  /** Of JSON what it says, of everything else the text; of what goes on and on its beginning. */
  readonly told: unknown;
}

export const nameOf = ({ method, path: at }: Pick<Route, 'method' | 'path'>): string => `${method} ${at}`;

/** A console with all its paths, and with something behind each of them. */
export async function apiBench() {
  let provided: OidcConfiguration | undefined;
  const folder = await mkdtemp(path.join(tmpdir(), 'sync-hub-api-'));
  const file = path.join(folder, 'sync-hub.yml');
  await writeFile(file, await readFile(EXAMPLE_FILE));
  const bench = await peopleBench({ oidc: { current: () => provided, secret: async () => TEST_CLIENT.secret } }, { instead: desks(), file });
  const provider = await startTestProvider(`${bench.url}/api/session/oidc/callback`);
  provided = {
    ...{ issuer: provider.issuer, clientId: TEST_CLIENT.id, clientSecret: { env: 'OIDC' }, scopes: ['profile'] },
    ...{ nameClaim: 'name', rolesClaim: 'groups', roles: [] },
  };
  const person = await bench.somebody('jane', 'administrator');
  const credentials = async (route: Route): Promise<Record<string, string>> =>
    route.need?.permission === 'own' ? bench.inBrowser(await bench.sessionOf(person.id)) : { authorization: `Bearer ${BENCH_TOKEN}` };
  const ask = async (route: Route, { id = '', query = '', body }: Asking = {}): Promise<Answered> => {
    const sent = body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    const init = { method: route.method, redirect: 'manual', ...sent, headers: { ...(await credentials(route)), ...sent.headers } } as const;
    return answered(await fetch(`${bench.url}${route.path.replace(/:\w+/, id)}${query}`, init));
  };
  const routes = routesOf(consoleOver(bench.parts).controllers ?? []);
  const asked = askedOfApi(person);
  const tell: Tell = async (name, given) => {
    const route = routes.find((one) => nameOf(one) === name) as Route;
    return (await ask(route, given === undefined ? await asking(name) : { id: given })).told as Awaited<ReturnType<Tell>>;
  };
  /** What it is asked with, made anew: what some paths make may be acted on once. */
  const asking = async (name: string): Promise<Asking> => {
    const { id, query, body } = asked[name] ?? {};
    return {
      ...(id === undefined ? {} : { id: typeof id === 'string' ? id : await id(tell) }),
      ...(query === undefined ? {} : { query }),
      ...(body === undefined ? {} : { body: typeof body === 'function' ? await body(tell) : body }),
    };
  };
  return {
    routes,
    asked: Object.keys(asked),
    asking,
    ask,
    stop: async () => {
      await bench.stop();
      await provider.stop();
      await rm(folder, { recursive: true });
    },
  };
}

async function answered(answer: Response): Promise<Answered> {
  const { status } = answer;
  const type = answer.headers.get('content-type')?.split(';')[0] ?? '';
  if (type === 'text/event-stream') return { status, type, told: await firstEventOf(answer) };
  const text = await answer.text();
  return { status, type, told: type === 'application/json' && text !== '' ? JSON.parse(text) : text };
}

async function firstEventOf({ body }: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const part of body ?? []) {
    text += decoder.decode(part as Uint8Array, { stream: true });
    if (/^event: .*\n\n/ms.test(text)) break;
  }
  return text;
}

function desks() {
  const held = new MemoryHeld([aHeld(1), aHeld(2), aHeld(3), aHeld(4)]);
  held.away = [{ site: 'siaya', state: 'down', since: '2026-11-30T10:42:00.000Z', waiting: 3 }];
  const conflicts = [...Array.from({ length: 6 }, (_, index) => aPatientConflict(index + 1)), aPlaceConflict(7, { link: 'siaya' })];
  const [life] = aPatientsLife();
  const records = new MemoryRecords(aPatientsLife(), { Achieng: life === undefined ? [] : [{ record: life.record, by: 'name' }] });
  const own = new MemoryOwn([anOwnGroup()]);
  own.counted = [{ link: 'kisumu', other: 'central', category: 'visit', month: '2026-11', here: 3, there: 2, both: 2 }];
  const audit = new MemoryAudit([LINE_OF_API, aLine(2)], [aProof({ fault: { seal: '4' }, verdict: 'broken' })]);
  audit.kept = [BODY_OF_API];
  const made = memoryDesks(new MemoryDesk(conflicts), held, records, new MemoryRuns([aRun(1)], [RECORD_OF_RUN]), new MemoryFeeds(), audit, own);
  made.widgets.states = [aWidgetState()];
  return {
    ...made,
    audit: memoryMessages([aMessageLine(), aMessageLine({ id: '8', type: 'job.held.v1', outcome: 'conflict', conflictId: 'a-conflict' })]),
    overview: { read: async () => anOverview() },
    instances: { read: async () => [AN_INSTANCE, { ...AN_INSTANCE, origin: 'siaya-box', isUnheard: true, ...NEVER_HEARD }] },
    report: { read: async () => [REPORT_ROW] },
  };
}
