import { spawn } from 'node:child_process';
import path from 'node:path';
import { expect } from '@jest/globals';
import type { World } from '@sync-hub/demo';
import { until } from '@sync-hub/messaging/testing';
import { HealthServer } from '@sync-hub/observability';
import type { Database, SnapshotRepository } from '@sync-hub/persistence';
import { lastWords, MARKED_KINDS } from './marked-kinds.js';
import { markedAddresses, marksIn, PLANTED } from './marked-lives.js';
import { type Asked, everythingMistyped, everythingShown, notShown, type Opened, peopleAct } from './opened-console.js';
import { everyRow, healthTexts, type Place } from './places.js';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** What the command line says of what is held, both ways out. */
export async function commandLine(world: World, databaseUrl: string): Promise<readonly string[]> {
  const env = { PATH: process.env['PATH'] ?? '', ...world.env, SYNC_HUB_CONFIG: world.configurationFile, DATABASE_URL: databaseUrl };
  const command = ['--import', path.join(ROOT, 'scripts/typescript.mjs'), path.join(ROOT, 'apps/standalone/src/cli.ts'), 'status'];
  const child = spawn(process.execPath, command, { cwd: ROOT, env });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => void said.push(text));
  await new Promise((ended) => child.once('close', ended));
  return said;
}

/** No mark stands in any of these places, and each was looked at. */
export async function expectNoMarks(places: readonly Place[]): Promise<void> {
  for (const { name, read } of places) {
    const texts = await read();
    expect({ name, isLookedAt: texts.join('').length > 100, marks: marksIn(texts) }).toEqual({ name, isLookedAt: true, marks: [] });
  }
}

/** Every one of these places tells of the mark that was put there. */
export async function expectMarks(places: readonly Place[]): Promise<void> {
  for (const { name, read } of places) expect({ name, isFound: marksIn(await read()).length > 0 }).toEqual({ name, isFound: true });
}

/** The state of every site is open to anybody, and what is written is kept beside the audit. */
export const OPEN_TO_SEE = {
  audit: { bodies: { keepDays: 1 } },
  console: { url: 'https://sync.example', widget: { sites: ['central', 'kisumu', 'siaya'] } },
} as const;

/** What somebody who looks for a record types. */
const LOOKED_FOR = ['Zqmarkina', 'ZQMARK-100GEJ', 'Zqmarkville', 'Zqmark type'];
const TYPED = 'Zqmarkina of the zqmark tree';

/** Whose answers may hold what stands in records. */
const SHOW_RECORDS = ['see-records', 'see-bodies', 'answer-conflicts'];

/** What anybody who signs in may see: what missing metadata is called, and with which words a colleague did something. */
const SHOWN_TO_ALL = new RegExp(`"label":"Zqmark (type|fever)"|"reason":"${TYPED}"`, 'g');

/** All that the console shows, finds, plans, writes out, refuses and does holds no mark: in headers and addresses never, in what it tells where that is for anybody but who may see records. */
export async function expectNoMarksShown(opened: Opened): Promise<void> {
  const acts = await peopleAct(opened, TYPED);
  const shown = await everythingShown(opened, LOOKED_FOR);
  const mistyped = await everythingMistyped(opened, TYPED);
  process.stdout.write(
    `Looked for marks in what the console answered: ${shown.length} times shown, ${acts.length} acts, ${mistyped.length} refused; ${new Set(shown.map(({ route }) => route)).size} paths.\n`,
  );
  const marked = (of: readonly Asked[], what: (asked: Asked) => string): readonly string[] => [
    ...new Set(of.flatMap((one) => marksIn([what(one)]).map((mark) => `${one.route}: ${mark}`))),
  ];
  const all = [...shown, ...acts, ...mistyped];
  expect(notShown(shown)).toEqual([]);
  expect({
    refused: [...shown, ...acts].filter(({ status }) => status >= 400).map(({ route, status, body }) => `${route} ${status} ${body}`),
    notRefused: mistyped.filter(({ status }) => status < 400 || status >= 500).map(({ route, status, body }) => `${route} ${status} ${body}`),
    inAddressesAndHeaders: marked(all, ({ address, headers }) => `${address} ${headers}`),
    inBodies: marked(
      [...shown, ...acts].filter(({ permission }) => !SHOW_RECORDS.includes(permission)),
      ({ body }) => body.replaceAll(SHOWN_TO_ALL, ''),
    ),
  }).toEqual({ refused: [], notRefused: [], inAddressesAndHeaders: [], inBodies: [] });
  expect(
    marked(
      shown.filter(({ permission }) => permission === 'see-records'),
      ({ body }) => body,
    ),
  ).not.toEqual([]);
}

const FILLED = ['agreement', 'audit', 'change', 'conflict', 'feed_marker', 'inbox', 'intent', 'job', 'outbox', 'snapshot', 'waiter'];

/** No mark stands in any column of any table; and it is said how much was looked at. What is done with is tidied away within seconds, so that something is on its way while we look. */
export async function expectNoMarksInRows(world: World, database: Database): Promise<void> {
  world.site('central').clinician.addLocation({ name: 'Annex' });
  const settled = async () => Number((await database.query<{ count: string }>('select count(*) from inbox'))[0]?.count);
  await until('what tells of a new place has been worked on', async () => (await settled()) > 0, 60_000);
  const { tables, columns, sealed, rows, texts } = await everyRow(database);
  process.stdout.write(`Looked for marks in ${tables.length} tables, ${columns} columns (${sealed.length} sealed), ${rows} rows, ${texts.length} values.\n`);
  expect(tables.length).toBeGreaterThanOrEqual(18);
  expect(columns).toBeGreaterThan(140);
  expect(rows).toBeGreaterThan(200);
  for (const table of FILLED) expect({ table, isFilled: texts.some((text) => text.startsWith(`${table}.`)) }).toEqual({ table, isFilled: true });
  for (const column of sealed.filter(
    (one) => !/^(decision|conflict_answer|conflict_note|received_\w+|held_act|link_act|account_session|api_token|known_browser)\./.test(one),
  ))
    expect({ column, isFilled: texts.some((text) => text.startsWith(`${column} `)) }).toEqual({ column, isFilled: true });
  expect(marksIn(texts)).toEqual([]);
}

/** The same look finds a mark in a column of each type that can hold one. */
export async function expectRowsToTell(database: Database): Promise<void> {
  const plants = [
    `update job set code = '${PLANTED}' where id = (select id from job limit 1)`,
    `update job set written = array['${PLANTED}'] where id = (select id from job limit 1)`,
    `update change set details = jsonb_build_object('deep', jsonb_build_array('${PLANTED}')) where id = (select id from change limit 1)`,
    `update snapshot set sealed = sealed || convert_to('${PLANTED}', 'UTF8') where id = (select id from snapshot limit 1)`,
  ];
  for (const plant of plants) {
    const before = marksIn((await everyRow(database)).texts).length;
    await database.write(plant);
    expect({ plant, more: marksIn((await everyRow(database)).texts).length - before }).toEqual({ plant, more: 1 });
  }
}

/** Puts a mark where a held job names its fields: the console and the command line show those. */
export const plantInHeld = (database: Database): Promise<unknown> =>
  database.write(`update job set details = details || jsonb_build_object('fields', jsonb_build_array('${PLANTED}')) where state = 'conflict'`);

/** The metrics of a process that lets a mark into them. */
export async function expectMetricsToTell(): Promise<void> {
  const meters = { exposition: async () => ({ contentType: 'text/plain', text: `sync_hub_jobs{site="${PLANTED}"} 1` }) };
  const health = new HealthServer({ host: '127.0.0.1', port: 0, checks: { database: async () => true }, meters });
  const port = await health.start();
  await expectMarks([{ name: 'metrics', read: () => healthTexts(port) }]);
  await health.stop();
}

const KEPT = [/Zqmarkina/, /O’Zqmark/, /ZQMARK-100GEJ/, /1911-11-13/, /79-98-87-76/, /zqmark tree/, /Zqmarkville/, /zqmark value/];
/** Of each kind the one that stays. */
const KEPT_OF_CARE = MARKED_KINDS.map((kind) => new RegExp(lastWords(kind)));

/** What the lives left behind is there, sealed: with the key it is read, marks and all. */
export async function expectSealedMarks(database: Database, snapshots: SnapshotRepository): Promise<void> {
  const ids = await database.query<{ id: string }>(`select id from snapshot`);
  const texts = await Promise.all(ids.map(async ({ id }) => JSON.stringify(await snapshots.read(id))));
  for (const mark of [...KEPT, ...KEPT_OF_CARE]) expect({ mark, isThere: texts.some((text) => mark.test(text)) }).toEqual({ mark, isThere: true });
}

/** Of patients a name or an identifier, and of the dictionary and of places, which are nobody's, the name of what the other end lacks (ADR 0077). */
const SEARCHES = /^\/openmrs\/ws\/rest\/v1\/(patient\?(identifier|q)|(concept|location)\?q)=/;

/** A site is searched by name or identifier where it must be, and nothing else of a record is put into an address. */
export function expectOnlySearches(world: World): void {
  expect([...world.sites.values()].reduce((all, { requests }) => all + requests.length, 0)).toBeGreaterThan(100);
  const marked = markedAddresses(world);
  expect(marked.length).toBeGreaterThan(0); // the refused identifier was searched for
  expect(marked.filter((address) => !SEARCHES.test(address))).toEqual([]);
}
