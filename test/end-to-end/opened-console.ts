import { until } from '@sync-hub/messaging/testing';
import { type Route, routesOf } from '../../apps/console/src/api/routes-of.js';
import { consoleOver } from '../../apps/console/src/console.module.js';
import type { Query } from './watched.js';

/** A console, as somebody opens it who may do anything there. */
export interface Opened {
  readonly url: string;
  readonly token: string;
  readonly query: Query;
}

/** One path that was asked, as a proxy would know it, and what it told. */
export interface Asked {
  readonly route: string;
  readonly permission: string;
  readonly status: number;
  readonly address: string;
  readonly headers: string;
  readonly body: string;
}

const CONTROLLERS = consoleOver({ audit: {}, people: {}, configuration: {} } as never).controllers ?? [];
const ROUTES = routesOf(CONTROLLERS);
/** What is the same for everybody, and what is a browser's session alone. */
const isSame = ({ path, need }: Route): boolean => need?.permission === 'own' || (need?.permission === 'anybody' && !/^\/widget\/:site/.test(path));

const SHOWING = ROUTES.filter((one) => one.method === 'GET' && !isSame(one));

/** Paths that show something, and of which nothing was there to be asked. */
export const notShown = (shown: readonly Asked[]): readonly string[] =>
  SHOWING.map(({ path }) => `GET ${path}`).filter((route) => !shown.some((one) => one.route === route));

/** Every path that only shows something, each for things that are there, and what is found, told, planned and written out by those that take a body. */
export async function everythingShown(opened: Opened, looksFor: readonly string[]): Promise<readonly Asked[]> {
  const there = await thingsThere(opened);
  const shown: Asked[] = [];
  for (const route of SHOWING) for (const path of filled(route.path, there)) shown.push(await ask(opened, route, path));
  for (const [route, path, body] of lookings(there, looksFor)) shown.push(await ask(opened, posting(route), path, JSON.stringify(body)));
  return [...shown, ...(await runsBegun(opened, shown))];
}

/** Runs that only look, as each stands. */
async function runsBegun(opened: Opened, shown: readonly Asked[]): Promise<readonly Asked[]> {
  const runs: Asked[] = [];
  for (const path of ['/api/conflicts/bulk', '/api/parked/runs']) {
    const begun = shown.find(({ route }) => route === `POST ${path}`);
    const { id } = JSON.parse(begun?.body ?? '{}') as { readonly id?: string };
    const route = SHOWING.find((one) => one.path === `${path}/:id`);
    if (route !== undefined) runs.push(await ask(opened, route, `${path}/${id}`));
  }
  return runs;
}

/** What is typed into every path that takes a body and is none of what it takes: cut off, or with a key and a value of this name. */
export async function everythingMistyped(opened: Opened, words: string): Promise<readonly Asked[]> {
  const there = await thingsThere(opened);
  const asked: Asked[] = [];
  for (const route of ROUTES.filter(({ method }) => method === 'POST'))
    for (const body of [`{"text": "${words}`, JSON.stringify({ [words]: words, name: words, password: words })])
      asked.push(await ask(opened, route, filled(route.path, there)[0] ?? route.path, body));
  return asked;
}

/** What people do beside looking, each with words of theirs. Ends once all of it is done. */
export async function peopleAct(opened: Opened, words: string): Promise<readonly Asked[]> {
  const there = await thingsThere(opened);
  const of = (what: string): readonly string[] => there[what] ?? [];
  const [[link = ''], [patient = '']] = [of('link'), of('patient')];
  const acts: Asked[] = [];
  const act = async (path: string, body: object, ids: readonly string[] = []): Promise<string> => {
    const asked = await firstTaken(opened, path, { by: 'Amina', ...body }, ids);
    acts.push(asked);
    return asked.body;
  };
  await act('/api/parked/records/:id/park', { reason: words }, of('held'));
  await act('/api/parked/records/:id/redrive', { reason: words }, of('held').toReversed());
  await act('/api/conflicts/:id/note', { text: words }, of('conflict'));
  await act('/api/conflicts/:id/dismiss', { reason: words, version: 1 }, of('conflict').toReversed());
  for (const does of ['pause', 'resume']) await act(`/api/links/:link/${does}`, { reason: words }, [link]);
  for (const does of ['stop', 'resume']) await act(`/api/patients/${does}`, { patient, reason: words });
  await act('/api/patients/follow', { patient, link, seconds: 3600, reason: words });
  await act('/api/audit/bodies/:id/show', { reason: 'fault', note: words }, of('body'));
  for (const dry of [true, false]) {
    const { id } = JSON.parse(await act('/api/runs', { link, direction: 'push', scope: { what: 'patient', patient }, dry })) as { readonly id: string };
    const isOver = async (): Promise<boolean> => (await opened.query(`select 1 from manual_run where id = $1 and ended_at is not null`, [id])).length > 0;
    await until('the run by hand is over', isOver, 180_000);
  }
  return acts;
}

/** The first of these of which it is taken: what is held, say, may be looked at by the hub itself at that moment, or have gone meanwhile. */
async function firstTaken(opened: Opened, path: string, body: object, ids: readonly string[]): Promise<Asked> {
  const refused: string[] = [];
  for (const id of ids.length === 0 ? [''] : ids) {
    const asked = await ask(opened, posting(path), path.replace(/:\w+/, id), JSON.stringify(body));
    if (asked.status < 400) return asked;
    refused.push(`${asked.status} ${asked.body}`);
  }
  throw new Error(`POST ${path} is never taken: ${refused.join(', ')}`);
}

/** What is there, by the word that a path has for it. */
type Things = Readonly<Record<string, readonly string[]>>;

async function thingsThere(opened: Opened): Promise<Things> {
  const { query } = opened;
  const all = async (sql: string): Promise<readonly string[]> => (await query(sql)).map((row) => String(Object.values(row)[0]));
  const audit = (await all(`select id from audit order by id desc limit 20`)).map((id) => `own-${id}`);
  return {
    site: await all(`select id from site order by id`),
    link: await all(`select distinct link from agreement order by link`),
    conflict: await all(`select id from conflict where closed_at is null order by opened_at`),
    held: (JSON.parse((await ask(opened, HELD, HELD.path)).body) as { readonly records: readonly { readonly id: string }[] }).records.map(({ id }) => id),
    run: await all(`select id from manual_run order by asked_at`),
    version: await all(`select version from configuration_kept order by version`),
    audit,
    body: await all(`select id from audit_body order by taken_at`),
    message: (await all(`select id from audit where type in ('job.ended.v1', 'job.held.v1') order by id desc limit 20`)).map((id) => `own-${id}`),
    patient: await all(`select distinct uuid from snapshot where aggregate = 'person' order by uuid`),
    day: await all(`select distinct to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD') from audit`),
  };
}

const HELD: Route = { method: 'GET', path: '/api/parked/records', by: '', status: 200, need: undefined, tells: undefined };

/** Which of them a path is about, by how it begins. */
const ABOUT: readonly (readonly [RegExp, string])[] = [
  [/^\/(api\/)?conflicts\/:id/, 'conflict'],
  [/^\/(api\/)?parked\/(records\/)?:id/, 'held'],
  [/^\/(api\/)?runs\/:id/, 'run'],
  [/^\/api\/configuration\/versions\/:version|^\/configuration\/:id/, 'version'],
  [/^\/records\/:id/, 'patient'],
  [/:site/, 'site'],
  [/:link/, 'link'],
  [/:line$/, 'audit'],
  [/^\/(ws\/rest\/sync2\/messages\/:uuid|api\/audit\/bodies\/of\/:id)$/, 'message'],
];

/** How many of one kind are looked at. */
const AT_MOST = 20;

const SYNC2 = '?success=ALL&operation=ALL&resourceName=ALL&creatorInstanceId=ALL';

function filled(path: string, there: Things): readonly string[] {
  if (path === '/ws/rest/sync2/messages') return [`${path}${SYNC2}`];
  if (path === '/board/:kind/:id') return (there['site'] ?? []).map((site) => `/board/site/${site}`);
  if (!path.includes(':')) return [path];
  const about = ABOUT.find(([begins]) => begins.test(path))?.[1];
  return (there[about ?? ''] ?? []).slice(0, AT_MOST).map((id) => path.replace(/:\w+/, id));
}

/** What is asked in a body and changes nothing, with these words typed wherever words are. */
function lookings(there: Things, looksFor: readonly string[]): readonly (readonly [string, string, object])[] {
  const [day = ''] = there['day'] ?? [];
  return [
    ...looksFor.map((text) => ['/api/records/search', '/api/records/search', { text }] as const),
    ...(there['patient'] ?? []).slice(0, AT_MOST).map((uuid) => ['/api/records/timeline', '/api/records/timeline', { uuid }] as const),
    ...looksFor.map((text) => ['/api/audit/search', '/api/audit/search', { filter: { text } }] as const),
    ['/api/audit/search', '/api/audit/search', { filter: {}, limit: 200 }],
    ...['csv', 'ndjson', 'fhir'].map((format) => ['/api/audit/export', '/api/audit/export', { filter: {}, format, by: 'Amina' }] as const),
    ...looksFor.map((text) => ['/api/audit/export', '/api/audit/export', { filter: { text }, format: 'csv', by: 'Amina' }] as const),
    ['/api/audit/verify', '/api/audit/verify', { day }],
    ['/api/conflicts/bulk', '/api/conflicts/bulk', { policy: 'parent-wins' }],
    ['/api/parked/runs', '/api/parked/runs', {}],
    ...(there['held'] ?? []).slice(0, 3).map((id) => ['/api/parked/records/:id/why', `/api/parked/records/${id}/why`, {}] as const),
  ];
}

function posting(path: string): Route {
  const route = ROUTES.find((one) => one.method === 'POST' && one.path === path);
  if (route === undefined) throw new Error(`there is no POST ${path}`);
  return route;
}

async function ask({ url, token }: Opened, { method, path: route, need }: Route, path: string, body: string | null = null): Promise<Asked> {
  const address = new URL(path, url).href;
  const headers = { authorization: `Bearer ${token}`, origin: new URL(url).origin, 'content-type': 'application/json' };
  const answer = await fetch(address, { method, headers, redirect: 'manual', ...(body === null ? {} : { body }) });
  const isStream = answer.headers.get('content-type')?.startsWith('text/event-stream') === true;
  return {
    route: `${method} ${route}`,
    permission: need?.permission ?? 'none',
    status: answer.status,
    address,
    headers: JSON.stringify([...answer.headers]),
    body: isStream ? await firstOf(answer) : await answer.text(),
  };
}

/** What a stream tells at first. */
async function firstOf(answer: Response): Promise<string> {
  const reader = answer.body?.getReader();
  const told = await reader?.read();
  await reader?.cancel();
  return Buffer.from(told?.value ?? []).toString('utf8');
}
