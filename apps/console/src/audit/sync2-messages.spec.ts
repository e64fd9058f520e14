import { afterEach, describe, expect, it } from '@jest/globals';
import type { Configuration } from '@sync-hub/configuration';
import { keptLog } from '@sync-hub/observability/testing';
import type { AuditMessageLine, MessagesAsked } from '@sync-hub/persistence';
import { twoChildren } from '@sync-hub/runtime/testing';
import { type ConsoleOptions, type RunningConsole, startConsole } from '../start-console.js';
import { aMessageLine } from '../testing/memory-messages.js';
import { anOverview } from '../testing/overview.builder.js';

const TOKEN = 'the-token-of-these-tests-0123456789abcdef';
const ALL = 'success=ALL&operation=ALL&resourceName=ALL&creatorInstanceId=ALL';
const CONFIGURATION: Configuration = twoChildren();
const LINE = aMessageLine();

const running: RunningConsole[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
});

async function serve(lines: readonly AuditMessageLine[], fails = false) {
  const asked: MessagesAsked[] = [];
  const kept = keptLog();
  const messages = {
    page: async (what: MessagesAsked) => {
      asked.push(what);
      if (fails) throw new Error('select Achieng');
      return { count: 1234, lines };
    },
    find: async (kind: string, id: string) => lines.find((line) => line.id === id && (line.origin === null) === (kind === 'own')) ?? null,
  };
  // Nothing here asks for conflicts.
  const parts: Partial<ConsoleOptions> = { port: 0, log: kept.log, overview: { read: async () => anOverview() }, token: TOKEN };
  const console = await startConsole({ ...parts, audit: { messages, configuration: () => CONFIGURATION } } as ConsoleOptions);
  running.push(console);
  const ask = async (path: string, init: RequestInit = {}) => {
    const answer = await fetch(`${console.url}/ws/rest/sync2/messages${path}`, { ...init, headers: { authorization: `Bearer ${TOKEN}`, ...init.headers } });
    const text = await answer.text();
    return { status: answer.status, text, body: text.startsWith('{') ? JSON.parse(text) : null };
  };
  return { ask, asked, kept };
}

describe('what clients of Sync 2.0 read of the audit', () => {
  it('has the names that it had there, and the conflict that holds a job', async () => {
    const held = {
      ...LINE,
      id: '8',
      type: 'job.held.v1',
      site: 'central',
      outcome: 'conflict',
      reason: 'both-edited',
      details: { code: 'both-edited' },
      conflictId: 'a-conflict',
      origin: 'siaya-box',
    };
    const { ask } = await serve([held, { ...LINE, aggregate: 'person' }]);
    const base = CONFIGURATION.sites.find(({ id }) => id === 'kisumu')?.baseUrl;
    const { status, body } = await ask(`?${ALL}&pageIndex=2&pageSize=10`);
    expect([status, body.itemsCount, body.page, body.pageSize]).toEqual([200, 1234, 2, 10]);
    expect(body.data).toMatchObject([
      {
        id: 8,
        uuid: 'received-8',
        success: false,
        resourceName: 'visit',
        operation: 'PUSH',
        details: 'conflict: both-edited: both-edited',
        creatorInstanceId: 'siaya-box',
        mergeConflictUuid: 'a-conflict',
      },
      {
        uuid: 'own-7',
        success: true,
        timestamp: '2026-11-30 09:05:07',
        resourceName: 'patient',
        operation: 'PULL',
        localUrl: `${base}/ws/rest/v1/patient/a-visit`,
        mergeConflictUuid: null,
      },
    ]);
    expect(Object.keys(body.data[0]).sort()).toEqual(
      'action availableResourceUrls creatorInstanceId details id linkType localUrl mergeConflictUuid nextMessageUuid operation parentUrl resourceName success timestamp usedResourceUrl uuid voided'.split(
        ' ',
      ),
    );
  });

  it.each<[string, Partial<MessagesAsked>]>([
    ['success=FAILURE&operation=pull&resourceName=VISIT&creatorInstanceId=siaya-box', { success: false, aggregate: 'visit', origin: 'siaya-box' }],
    [
      `success=success&operation=PUSH&resourceName=visit_type&creatorInstanceId=${CONFIGURATION.instance.id}`,
      { success: true, aggregate: 'visittype', origin: 'own' },
    ],
    [
      `success=ALL&operation=WHATEVER&resourceName=Observation&creatorInstanceId=ALL&pageIndex=3&pageSize=20`,
      { targets: null, aggregate: 'obs', offset: 40, limit: 20 },
    ],
  ])('goes by the parameters of Sync 2.0: %s', async (query, wanted) => {
    const { ask, asked } = await serve([]);
    expect((await ask(`?${query}`)).status).toBe(200);
    expect(asked).toMatchObject([wanted]);
    const target = { 'operation=pull': 'kisumu', 'operation=PUSH': 'central' }[/operation=\w+/.exec(query)?.[0] ?? ''];
    if (target !== undefined) expect(asked[0]?.targets).toContainEqual({ link: 'kisumu', site: target });
  });

  it.each([
    '',
    'success=ALL&operation=ALL&resourceName=ALL',
    ALL.replace('success=ALL', 'success=Achieng'),
    ALL.replace('resourceName=ALL', 'resourceName=Achieng'),
    `${ALL}&pageSize=100000`,
  ])('refuses %s', async (query) => {
    const { ask, asked } = await serve([]);
    const { status, text } = await ask(`?${query}`);
    expect([status, text.includes('Achieng'), asked.length]).toEqual([400, false, 0]);
  });

  it('tells of one message, and says where there is none', async () => {
    const { ask } = await serve([LINE]);
    expect((await ask('/own-7')).body).toMatchObject({ uuid: 'own-7', success: true });
    for (const uuid of ['own-9', 'received-7', 'nothing', "own-7'"]) expect((await ask(`/${uuid}`)).status).toBe(404);
  });

  it('is read with the token alone, and is never written to', async () => {
    const { ask } = await serve([LINE]);
    expect((await ask(`?${ALL}`, { headers: { authorization: 'Bearer wrong' } })).status).toBe(401);
    expect((await ask('/own-7', { headers: { authorization: '' } })).status).toBe(401);
    for (const [path, method] of [
      ['', 'POST'],
      ['/own-7', 'POST'],
      ['/own-7', 'DELETE'],
    ] as const)
      expect((await ask(path, { method, body: method === 'POST' ? '{}' : null })).status).toBe(405);
  });

  it('answers 500 and {} where something goes wrong, and logs none of its words', async () => {
    const { ask, kept } = await serve([], true);
    expect(await ask(`?${ALL}`)).toMatchObject({ status: 500, text: '{}' });
    expect(kept.text()).not.toContain('Achieng');
  });
});
