import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Configuration } from '@sync-hub/configuration';
import { type HeldDesk, type HeldGroup, HeldPage, type RecordRef } from '@sync-hub/contracts';
import { until } from '@sync-hub/messaging/testing';
import { everyHeldDeskOf } from '@sync-hub/runtime';
import { type Pipeline, pipelineOn, twoChildren } from '@sync-hub/runtime/testing';
import { STAGE_SERVICES } from './services.js';
import { type TappedLine, tappedLine } from './tapped-line.js';

jest.setTimeout(60_000);

const SECRET = 'what kisumu-box and the hub know';
const REFERENCE = { env: 'NOBODY_READS_IT' };
const BOX = 'kisumu-box';
const OTHER = 'siaya-box';
const WATCHED = { progress: () => undefined };

describe('what is held at a clinic that reports to a hub', () => {
  const running: { readonly stop: () => Promise<void> }[] = [];
  let hub: Pipeline;
  let clinic: Pipeline;
  let line: TappedLine;
  let desk: HeldDesk;
  /** What is missing at the parent, another one for each test. */
  let type: string;
  beforeAll(async () => {
    const from = [BOX, OTHER].map((id) => ({ id, secret: REFERENCE }));
    hub = await instance({ links: [], instance: { id: 'hub', readOnly: false, receives: { host: '127.0.0.1', port: 0, from } } });
    const open = JSON.parse(hub.lines.find((one) => one.includes('reports-open')) ?? '{}') as { port?: number };
    line = await tappedLine(`http://127.0.0.1:${String(open.port)}`);
    running.push({ stop: () => line.close() });
    clinic = await instance(clinicWith(true));
    desk = everyHeldDeskOf(hub.hub);
  }, 60_000);
  afterAll(async () => {
    for (const one of running.splice(0).reverse()) await one.stop();
  });
  beforeEach(() => {
    type = randomUUID();
    clinic.sites.site('central').lacks.add(`locationattributetype/${type}`);
    line.goes('through');
  });

  const clinicWith = (conflicts: boolean): Pick<Configuration, 'instance' | 'links'> => ({
    links: twoChildren().links.map((link) => ({ ...link, runsAt: BOX })),
    instance: { id: BOX, readOnly: false, reportsTo: { url: line.url, secret: REFERENCE, conflicts } },
  });
  async function instance(changes: Pick<Configuration, 'instance' | 'links'>): Promise<Pipeline> {
    const isClinic = changes.instance.reportsTo !== undefined;
    const reports = { to: isClinic ? SECRET : null, from: new Map(isClinic ? [] : [BOX, OTHER].map((id) => [id, id === BOX ? SECRET : 'another'])) };
    const times = { tellWorkMs: 50, tellConflictsMs: 60_000, shipAuditMs: 60_000 };
    const pipeline = await pipelineOn(STAGE_SERVICES, { configuration: { ...twoChildren(), ...changes }, reports, times });
    running.push(pipeline);
    return pipeline;
  }

  /** Places at the clinic with something of a type that the parent lacks. */
  const lacking = async (count = 1): Promise<readonly RecordRef[]> => {
    const records = Array.from({ length: count }, (): RecordRef => ({ aggregate: 'location', uuid: randomUUID() }));
    for (const record of records)
      clinic.sites
        .site('kisumu')
        .edit(record, { name: 'Ward', parentLocation: type }, 'present', [
          { path: 'parentLocation', resource: 'locationattributetype', uuid: type, aggregate: null },
        ]);
    await clinic.look('kisumu', ...records);
    await clinic.atRest();
    return records;
  };
  const added = (): void => void clinic.sites.site('central').lacks.delete(`locationattributetype/${type}`);
  const groupAtHub = async (count = 1): Promise<HeldGroup> => {
    const found: { group?: HeldGroup } = {};
    await until('the hub shows it', async () => {
      const group = (await desk.list({})).groups.find(({ names }) => names[0]?.name.endsWith(type));
      if (group?.count !== count) return false;
      found.group = group;
      return true;
    });
    if (found.group === undefined) throw new Error('there is none');
    return found.group;
  };
  const askOfAll = async ({ id }: HeldGroup, what: 'redriven' | 'discarded' | 'parked' = 'redriven') =>
    (await desk.plan({ group: id }, WATCHED)).act({ what, by: 'amina', ...(what === 'redriven' ? {} : { reason: 'as they told me' }) }, WATCHED);
  const asked = async () => (await desk.list({})).asked[0];
  const becomes = (as: string) => until(`the hub knows it as ${as}`, async () => (await asked())?.became === as, 20_000);
  const actsOn = ({ uuid }: RecordRef) =>
    clinic.query<{ what: string; by: string }>(
      `select details ->> 'what' as what, details ->> 'by' as "by" from audit where type = 'held.acted.v1' and uuid = $1`,
      [uuid],
    );
  const stateOf = async ({ uuid }: RecordRef) =>
    (
      await clinic.query<{ state: string; outcome: string | null }>(
        `select state, outcome from job where uuid = $1 and link = 'kisumu' and direction = 'push'`,
        [uuid],
      )
    )[0];

  it('is shown there by cause with its origin, and tried again from there, in the audit of both with who asked', async () => {
    const records = await lacking(2);
    const group = await groupAtHub(2);
    expect(group).toMatchObject({ origin: BOX, why: 'unmapped', site: 'central', link: 'kisumu', helps: 'add-metadata' });
    expect((await desk.records(HeldPage.parse({ group: group.id }))).map(({ record }) => record.uuid).sort()).toEqual(records.map(({ uuid }) => uuid).sort());
    expect((await desk.list({ origin: 'hub' })).groups).toEqual([]);
    expect((await desk.list({ origin: BOX })).counts.by.origin).toMatchObject([{ name: BOX }]);
    expect((await desk.list({})).elsewhere).toMatchObject([
      { origin: BOX, isUnheard: false, takesActs: true },
      { origin: OTHER, heardAt: null, isUnheard: true },
    ]);
    line.goes('cut-off');
    added();
    expect(await askOfAll(group)).toEqual({ found: 2, done: 0, passedOver: 0, asked: 2 });
    expect(await asked()).toMatchObject({ origin: BOX, what: 'redriven', by: 'amina@hub', sentAt: null, endedAt: null });
    line.goes('through');
    await becomes('done');
    await clinic.atRest();
    expect(await asked()).toMatchObject({ counts: { found: 2, done: 2, passedOver: 0 } });
    for (const record of records) {
      expect(await stateOf(record)).toEqual({ state: 'ended', outcome: 'pushed' });
      expect(await actsOn(record)).toEqual([{ what: 'redriven', by: 'amina@hub' }]);
    }
    await until(
      'the hub shows it no more, and has it in its audit',
      async () =>
        (await desk.list({ group: group.id })).groups.length === 0 &&
        (await hub.query(`select 1 from audit where type = 'held.asked.v1' and site = $1 and details ->> 'by' = 'amina@hub'`, [BOX])).length === 2,
    );
  });

  it('is acted on once, though answers are lost, though the clinic dies before it has remembered it', async () => {
    const [record] = (await lacking()) as [RecordRef];
    const group = await groupAtHub();
    // By then what was tried again is held anew for the same: it would fit once more.
    const dying = jest.spyOn(clinic.hub.repositories.fetchedHeldActs, 'done').mockImplementationOnce(async () => {
      await clinic.atRest();
      throw new Error('killed');
    });
    line.goes('answer-lost');
    await askOfAll(group);
    const before = line.requests.length;
    await until('several answers are lost', () => line.requests.length > before + 3);
    expect(await actsOn(record)).toEqual([]);
    line.goes('through');
    await becomes('done');
    await clinic.atRest();
    expect(dying.mock.calls.length).toBeGreaterThan(1);
    dying.mockRestore();
    expect(await actsOn(record)).toEqual([{ what: 'redriven', by: 'amina@hub' }]);
    expect(await stateOf(record)).toMatchObject({ state: 'parked' });
  });

  it('is left as it is where it is held for something else by then, and nothing is done to what came later', async () => {
    const [record] = (await lacking()) as [RecordRef];
    const group = await groupAtHub();
    line.goes('cut-off');
    await askOfAll(group, 'discarded');
    const { id } = (await clinic.query<{ id: string }>(`select id from job where uuid = $1 and link = 'kisumu'`, [record.uuid]))[0] ?? { id: '' };
    await clinic.hub.heldDesk().act(id, { what: 'parked', by: 'grace', reason: 'not now' });
    const [later] = (await lacking()) as [RecordRef];
    line.goes('through');
    await becomes('gone');
    expect([await stateOf(record), await stateOf(later)]).toMatchObject([{ state: 'parked' }, { state: 'parked' }]);
    expect([await actsOn(record), await actsOn(later)]).toEqual([[{ what: 'parked', by: 'grace' }], []]);
  });

  it('is discarded, and laid aside, one by one, with the reason where it is seen to', async () => {
    const [one, other] = (await lacking(2)) as [RecordRef, RecordRef];
    await groupAtHub(2);
    const idOf = async ({ uuid }: RecordRef) => (await desk.records(HeldPage.parse({ limit: 200 }))).find(({ record }) => record.uuid === uuid)?.id ?? '';
    const [first, second] = [await idOf(one), await idOf(other)];
    expect(await desk.act(first, { what: 'discarded', by: 'amina', reason: 'as they told me' })).toBe('asked');
    await becomes('done');
    expect(await desk.act(second, { what: 'parked', by: 'amina', reason: 'not now' })).toBe('asked');
    await until('it is laid aside', async () => (await clinic.hub.heldDesk().find(second))?.held.why === 'by-hand');
    expect((await clinic.hub.heldDesk().find(second))?.notes).toMatchObject([{ what: 'parked', by: 'amina@hub', reason: 'not now' }]);
    expect(await stateOf(one)).toEqual({ state: 'ended', outcome: 'discarded' });
    expect(await desk.why(second)).toMatchObject({ works: 'unknown', prospect: 'elsewhere' });
  });

  it('is told in no word that can be read on the way, and believed of nobody else', async () => {
    line.requests.length = 0;
    const [record] = (await lacking()) as [RecordRef];
    const group = await groupAtHub();
    const [held] = await desk.records(HeldPage.parse({ group: group.id }));
    const act = { id: randomUUID(), by: 'mallory', what: 'discarded', group: group.id, held: held?.id, seenAt: new Date().toISOString(), reason: 'x' };
    line.goes({ answeredBy: JSON.stringify({ wantsHeld: false, acts: [act], known: [] }) });
    const before = line.requests.length;
    await until('somebody else answers', () => line.requests.length > before + 2);
    line.goes('through');
    expect(clinic.lines.some((one) => one.includes('work-not-told') && one.includes('answer-not-signed'))).toBe(true);
    expect(await actsOn(record)).toEqual([]);
    const said = line.requests.map(({ path, body, headers }) => `${path} ${body} ${JSON.stringify(headers)}`).join(' ');
    expect(said).toContain(`/standing/${BOX}`);
    expect(said).not.toContain(type);
    const forged = { method: 'POST', body: '{}', headers: { 'webhook-id': 'x', 'webhook-timestamp': '1', 'webhook-signature': 'v1,x' } };
    for (const path of [`/standing/${BOX}`, `/standing/${OTHER}`, '/standing/nobody']) expect((await fetch(`${line.url}${path}`, forged)).status).toBe(401);
  });

  it('is told by a clinic that lets nobody act from there, and is not acted on', async () => {
    await lacking();
    await groupAtHub();
    await clinic.hub.take({ ...clinic.hub.settings, configuration: { ...clinic.hub.rules.current, ...clinicWith(false) } });
    await until('the hub knows', async () => (await desk.list({ origin: BOX })).elsewhere[0]?.takesActs === false);
    const group = await groupAtHub();
    expect(await askOfAll(group)).toEqual({ found: 1, done: 0, passedOver: 1, asked: 0 });
    const [held] = await desk.records(HeldPage.parse({ group: group.id }));
    expect(await desk.act(held?.id ?? '', { what: 'redriven', by: 'amina' })).toBe('not-taken');
  });
});

describe('what is held at a clinic whose hub is of an older version', () => {
  it('is told to it seldom, and what is wrong is said once', async () => {
    const paths: string[] = [];
    const older = createServer((request, response) => {
      paths.push(request.url ?? '');
      response.writeHead(404).end();
    }).listen(0, '127.0.0.1');
    await once(older, 'listening');
    const url = `http://127.0.0.1:${String((older.address() as AddressInfo).port)}`;
    const pipeline = await pipelineOn(STAGE_SERVICES, {
      configuration: { ...twoChildren(), instance: { id: 'hub', readOnly: false, reportsTo: { url, secret: REFERENCE, conflicts: true } } },
      reports: { to: SECRET, from: new Map() },
      times: { tellWorkMs: 20, tellConflictsMs: 20, shipAuditMs: 60_000 },
    });
    await until('conflicts were told several times', () => paths.filter((path) => path.startsWith('/conflicts/')).length > 4);
    await until('its work was told', () => paths.includes('/standing/hub'));
    expect(paths.filter((path) => path === '/standing/hub')).toHaveLength(1);
    expect(pipeline.lines.filter((one) => one.includes('work-not-told'))).toHaveLength(1);
    await pipeline.stop();
    older.closeAllConnections();
    older.close();
  });
});
