import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Configuration } from '@sync-hub/configuration';
import { type ConflictDesk, type ConflictDetail, ConflictFilter, type RecordRef, RefusedError } from '@sync-hub/contracts';
import { until } from '@sync-hub/messaging/testing';
import { type Pipeline, pipelineOn, twoChildren } from '@sync-hub/runtime/testing';
import { STAGE_SERVICES } from './services.js';
import { type TappedLine, tappedLine } from './tapped-line.js';

jest.setTimeout(60_000);

const SECRET = 'what kisumu-box and the hub know';
const REFERENCE = { env: 'NOBODY_READS_IT' };
const BOX = 'kisumu-box';

describe('a conflict at a clinic that reports to a hub', () => {
  const running: { readonly stop: () => Promise<void> }[] = [];
  let hub: Pipeline;
  let clinic: Pipeline;
  let line: TappedLine;
  let desk: ConflictDesk;
  let record: RecordRef;
  beforeAll(async () => {
    hub = await instance({
      links: [],
      instance: { id: 'hub', readOnly: false, receives: { host: '127.0.0.1', port: 0, from: [{ id: BOX, secret: REFERENCE }] } },
    });
    line = await tappedLine(
      `http://127.0.0.1:${String((JSON.parse(hub.lines.find((one) => one.includes('reports-open')) ?? '{}') as { port?: number }).port)}`,
    );
    running.push({ stop: () => line.close() });
    clinic = await instance(clinicWith(true));
    desk = hub.hub.everyConflictDesk();
  }, 60_000);
  afterAll(async () => {
    for (const one of running.splice(0).reverse()) await one.stop();
  });
  beforeEach(() => {
    record = { aggregate: 'location', uuid: randomUUID() };
    line.goes('through');
  });

  const clinicWith = (conflicts: boolean): Pick<Configuration, 'instance' | 'links'> => ({
    links: twoChildren().links.map((link) => ({ ...link, runsAt: BOX })),
    instance: { id: BOX, readOnly: false, reportsTo: { url: line.url, secret: REFERENCE, conflicts } },
  });
  async function instance(changes: Pick<Configuration, 'instance' | 'links'>): Promise<Pipeline> {
    const isClinic = changes.instance.reportsTo !== undefined;
    const reports = { to: isClinic ? SECRET : null, from: new Map(isClinic ? [] : [[BOX, SECRET]]) };
    const times = { tellConflictsMs: 50, shipAuditMs: 60_000 };
    const pipeline = await pipelineOn(STAGE_SERVICES, { configuration: { ...twoChildren(), ...changes }, reports, times });
    running.push(pipeline);
    return pipeline;
  }

  const site = (id: string) => clinic.sites.site(id);
  const look = async (...sites: string[]): Promise<void> => {
    for (const id of sites) await clinic.look(id, record);
    await clinic.atRest();
  };
  const held = () => ['central', 'kisumu'].map((id) => site(id).fieldsOf(record)['name']);
  const inConflict = async (): Promise<void> => {
    site('kisumu').edit(record, { name: 'Ward' });
    await look('kisumu', 'central');
    site('central').edit(record, { name: 'Ward P' });
    site('kisumu').edit(record, { name: 'Ward C' });
    await look('central', 'kisumu');
  };
  const shownAtHub = async (version = 1): Promise<ConflictDetail> => {
    const found: { detail?: ConflictDetail } = {};
    await until('the hub shows it', async () => {
      const { conflicts } = await desk.list(ConflictFilter.parse({ limit: 200 }));
      const listed = conflicts.find(({ record: { uuid } }) => uuid === record.uuid);
      const detail = listed === undefined ? null : await desk.find(listed.id);
      if (detail === null || detail.conflict.version !== version || detail.fields.length === 0) return false;
      found.detail = detail;
      return true;
    });
    if (found.detail === undefined) throw new Error('there is none');
    return found.detail;
  };
  const answer = ({ conflict: { id, version } }: ConflictDetail, value = 'Ward H') =>
    desk.answer(id, { version, choices: [{ path: 'name', value }], note: 'as they told me' }, 'amina');
  const stateAtHub = async (id: string) => (await desk.find(id))?.conflict.state;
  const becomes = (id: string, state: string): Promise<unknown> => until(`the hub shows it as ${state}`, async () => (await stateAtHub(id)) === state, 20_000);
  const answersOf = (id: string) =>
    clinic.query<{ ended_as: string; answered_by: string }>(`select ended_as, answered_by from conflict_answer where conflict_id = $1 order by number`, [id]);

  it('is shown at the hub, answered there, and held by both ends of the clinic; the hub hears of it, and forgets what they held', async () => {
    await inConflict();
    const detail = await shownAtHub();
    expect(detail).toMatchObject({
      conflict: { origin: BOX, state: 'open', fields: ['name'] },
      fields: [{ path: 'name', parent: { value: 'Ward P' }, child: { value: 'Ward C' } }],
    });
    line.goes('cut-off');
    expect(await answer(detail)).toMatchObject({ kind: 'taken' });
    expect([await stateAtHub(detail.conflict.id), held()]).toEqual(['answered', ['Ward P', 'Ward C']]);
    line.goes('through');
    await becomes(detail.conflict.id, 'resolved');
    expect(held()).toEqual(['Ward H', 'Ward H']);
    expect(await answersOf(detail.conflict.id)).toEqual([{ ended_as: 'applied', answered_by: 'amina@hub' }]);
    expect((await desk.find(detail.conflict.id))?.fields).toEqual([]);
    expect((await clinic.hub.conflictDesk().find(detail.conflict.id))?.notes).toContainEqual(
      expect.objectContaining({ what: 'answered', by: 'amina@hub', text: 'as they told me' }),
    );
  });

  it('is answered once, though the answer of the line is lost, though the clinic dies before it has remembered it', async () => {
    await inConflict();
    const detail = await shownAtHub();
    const dying = jest.spyOn(clinic.hub.repositories.fetchedActs, 'done').mockRejectedValueOnce(new Error('killed'));
    line.goes('answer-lost');
    await answer(detail);
    const asked = line.requests.length;
    await until('several answers are lost', () => line.requests.length > asked + 3);
    line.goes('through');
    await becomes(detail.conflict.id, 'resolved');
    expect(dying.mock.calls.length).toBeGreaterThan(1);
    dying.mockRestore();
    expect(held()).toEqual(['Ward H', 'Ward H']);
    expect(await answersOf(detail.conflict.id)).toEqual([{ ended_as: 'applied', answered_by: 'amina@hub' }]);
    expect(await hub.query(`select ended_as from received_act where conflict_id = $1`, [detail.conflict.id])).toEqual([{ ended_as: 'taken' }]);
  });

  it('is shown again at both ends where the record has changed while the answer was on its way', async () => {
    await inConflict();
    const detail = await shownAtHub();
    line.goes('cut-off');
    await answer(detail);
    site('kisumu').edit(record, { name: 'Ward D' });
    await look('kisumu');
    line.goes('through');
    const again = await shownAtHub(2);
    await until(
      'the hub knows that it came too late',
      async () => (await hub.query(`select 1 from received_act where conflict_id = $1 and ended_as = 'stale'`, [detail.conflict.id])).length === 1,
    );
    expect([held(), (await desk.find(detail.conflict.id))?.conflict.state]).toEqual([['Ward P', 'Ward D'], 'open']);
    expect(again.fields[0]).toMatchObject({ child: { value: 'Ward D' } });
    expect((await desk.find(detail.conflict.id))?.notes).toContainEqual(expect.objectContaining({ what: 'shown-again', text: 'stale' }));
    expect(await answer(detail)).toEqual({ kind: 'stale', version: 2 });
    await answer(again);
    await becomes(detail.conflict.id, 'resolved');
    expect(held()).toEqual(['Ward H', 'Ward H']);
  });

  it('keeps the clinic’s own answer where one of the hub comes later that thought it was the first', async () => {
    await inConflict();
    const { conflict } = await shownAtHub();
    line.goes('cut-off');
    const first = { version: 1, choices: [{ path: 'name', value: 'Ward H' }], unlessAnswered: true };
    expect(await desk.answer(conflict.id, first, 'amina')).toMatchObject({ kind: 'taken' });
    // The clinic's answer stays on its way for as long as its site refuses it.
    site('kisumu').beforeWrite = async () => {
      throw new RefusedError('invalid', 'the site refused this', { status: 400 });
    };
    await clinic.hub.conflictDesk().answer(conflict.id, { version: 1, choices: [{ path: 'name', take: 'parent' }] }, 'grace');
    await clinic.atRest();
    line.goes('through');
    await until(
      'the hub knows that it came too late',
      async () => (await hub.query(`select 1 from received_act where conflict_id = $1 and ended_as = 'stale'`, [conflict.id])).length === 1,
    );
    await becomes(conflict.id, 'answered');
    expect([await answersOf(conflict.id), (await desk.find(conflict.id))?.takesAnother]).toEqual([[{ ended_as: 'applied', answered_by: 'grace' }], true]);
    expect(await desk.answer(conflict.id, first, 'amina')).toEqual({ kind: 'stale', version: 1 });
    site('kisumu').beforeWrite = async () => undefined;
    expect(await desk.answer(conflict.id, { ...first, unlessAnswered: false }, 'amina')).toMatchObject({ kind: 'taken' });
    await becomes(conflict.id, 'resolved');
    expect(held()).toEqual(['Ward H', 'Ward H']);
  });

  it('takes a note, an owner and a dismissal from there, too', async () => {
    await inConflict();
    const { conflict } = await shownAtHub();
    expect(await desk.note(conflict.id, 'I have called them', 'amina')).toBe(true);
    expect(await desk.assign(conflict.id, 'amina', 'amina')).toBe(true);
    await becomes(conflict.id, 'assigned');
    await until('the note is there', async () => (await clinic.hub.conflictDesk().find(conflict.id))?.notes.some(({ text }) => text === 'I have called them'));
    expect(await desk.dismiss(conflict.id, { reason: 'both are right', version: conflict.version }, 'amina')).toBe(true);
    await becomes(conflict.id, 'dismissed');
    expect([held(), await desk.dismiss(conflict.id, { reason: 'again', version: conflict.version }, 'amina')]).toEqual([['Ward P', 'Ward C'], false]);
  });

  it('is seen to be resolved where the clinic has answered it itself', async () => {
    await inConflict();
    const { conflict } = await shownAtHub();
    await clinic.hub.conflictDesk().answer(conflict.id, { version: 1, choices: [{ path: 'name', take: 'child' }] }, 'grace');
    await becomes(conflict.id, 'resolved');
    expect(held()).toEqual(['Ward C', 'Ward C']);
  });

  it('is told in no word that can be read on the way, and believed of nobody else', async () => {
    line.requests.length = 0;
    await inConflict();
    const detail = await shownAtHub();
    line.goes({
      answeredBy: JSON.stringify({
        wants: [],
        acts: [{ id: randomUUID(), conflict: detail.conflict.id, by: 'mallory', act: { does: 'note', text: 'x' } }],
        known: [],
      }),
    });
    const asked = line.requests.length;
    await until('somebody else answers', () => line.requests.length > asked + 2);
    line.goes('through');
    expect(clinic.lines.some((one) => one.includes('conflicts-not-told') && one.includes('answer-not-signed'))).toBe(true);
    expect((await clinic.hub.conflictDesk().find(detail.conflict.id))?.notes.some(({ by }) => by === 'mallory')).toBe(false);
    const said =
      line.requests.map(({ path, body, headers }) => `${path} ${body} ${JSON.stringify(headers)}`).join(' ') + hub.lines.join('') + clinic.lines.join('');
    expect(said).toContain(`/conflicts/${BOX}`);
    expect(said).not.toMatch(/Ward [PC]/);
  });

  it.each([
    ['another secret', `/conflicts/${BOX}`, 401],
    ['another instance', '/conflicts/siaya-box', 401],
  ])('is taken from nobody with %s', async (_what, path, status) => {
    const answered = await fetch(`${line.url}${path}`, {
      method: 'POST',
      body: '{}',
      headers: { 'webhook-id': 'x', 'webhook-timestamp': '1', 'webhook-signature': 'v1,x' },
    });
    expect(answered.status).toBe(status);
  });
});

describe('a conflict at a clinic that does not say that conflicts may be answered elsewhere', () => {
  it('is told nowhere', async () => {
    const requests: string[] = [];
    const line = await tappedLine('http://127.0.0.1:9');
    const pipeline = await pipelineOn(STAGE_SERVICES, {
      configuration: { ...twoChildren(), instance: { id: 'hub', readOnly: false, reportsTo: { url: line.url, secret: REFERENCE, conflicts: false } } },
      reports: { to: SECRET, from: new Map() },
      times: { tellConflictsMs: 20, tellWorkMs: 20, shipAuditMs: 20, shipAgainMs: 20, shipAgainAtMostMs: 20 },
    });
    await until('the audit was tried to be shipped several times', () => line.requests.length > 4);
    await until('its work was tried to be told', () => line.requests.some(({ path }) => path.startsWith('/standing/')));
    requests.push(...line.requests.map(({ path }) => path));
    await pipeline.stop();
    await line.close();
    expect(new Set(requests)).toEqual(new Set(['/audit/hub', '/standing/hub']));
  });
});
