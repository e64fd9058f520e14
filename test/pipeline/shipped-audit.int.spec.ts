import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Configuration } from '@sync-hub/configuration';
import { until } from '@sync-hub/messaging/testing';
import { AuditRepository } from '@sync-hub/persistence';
import { signedNow } from '@sync-hub/runtime';
import { type Pipeline, pipelineOn, twoChildren } from '@sync-hub/runtime/testing';
import { STAGE_SERVICES } from './services.js';
import { type TappedLine, tappedLine } from './tapped-line.js';

jest.setTimeout(60_000);

const SECRET = 'what kisumu-box and the hub know';
const REFERENCE = { env: 'NOBODY_READS_IT' };
const TIMES = { shipAuditMs: 50, shipAgainMs: 50, shipAgainAtMostMs: 200 };

describe('the audit of an instance', () => {
  const running: { readonly stop: () => Promise<void> }[] = [];
  let hub: Pipeline;
  let line: TappedLine;
  /** Another one for each test. */
  let origin = '';
  let tests = 0;
  beforeAll(async () => {
    const boxes = Array.from({ length: 12 }, (_, index) => [`box-${index}`, SECRET]);
    hub = await instance('hub', { from: Object.fromEntries([...boxes, ['siaya-box', 'siaya']]) });
    line = await lineTo(hub);
  }, 60_000);
  beforeEach(() => {
    tests += 1;
    origin = `box-${tests}`;
    line.goes('through');
    line.requests.length = 0;
  });
  afterAll(async () => {
    for (const one of running.splice(0).reverse()) await one.stop();
  });

  interface Told {
    readonly reportsTo?: string;
    readonly secret?: string;
    readonly from?: Readonly<Record<string, string>>;
  }
  const configured = (id: string, { reportsTo, from }: Told): Configuration => ({
    ...twoChildren(),
    instance: {
      id,
      readOnly: false,
      ...(reportsTo === undefined ? {} : { reportsTo: { url: reportsTo, secret: REFERENCE, conflicts: false } }),
      ...(from === undefined ? {} : { receives: { host: '127.0.0.1', port: 0, from: Object.keys(from).map((one) => ({ id: one, secret: { env: one } })) } }),
    },
  });
  const secretsOf = ({ secret = SECRET, reportsTo, from = {} }: Told) => ({ to: reportsTo === undefined ? null : secret, from: new Map(Object.entries(from)) });

  async function instance(id: string, told: Told): Promise<Pipeline> {
    const pipeline = await pipelineOn(STAGE_SERVICES, { configuration: configured(id, told), reports: secretsOf(told), times: TIMES });
    running.push(pipeline);
    return pipeline;
  }
  async function lineTo(receiver: Pipeline): Promise<TappedLine> {
    const said = receiver.lines.find((one) => one.includes('reports-open')) ?? '{}';
    const to = await tappedLine(`http://127.0.0.1:${String((JSON.parse(said) as { port?: number }).port)}`);
    running.push({ stop: () => to.close() });
    return to;
  }
  const clinicOf = (changes: Told = {}): Promise<Pipeline> => instance(origin, { reportsTo: line.url, ...changes });

  /** Rows in the audit of an instance, as if its pipeline had said them. */
  const write = async (at: Pipeline, names: readonly string[], details: Readonly<Record<string, unknown>> = {}): Promise<void> => {
    await at.hub.parts.database.transaction(async (tx) => {
      for (const name of names)
        await new AuditRepository().record(tx, {
          messageId: `job.held.v1:${name}:1`,
          type: 'job.held.v1',
          site: 'kisumu',
          payload: { record: { aggregate: 'person', uuid: name }, held: 'parked', ...details },
          correlationId: name,
          timestamp: new Date(),
        });
    });
  };
  const names = (prefix: string, count: number): string[] => Array.from({ length: count }, (_, index) => `${prefix}-${String(index).padStart(4, '0')}`);
  const own = async (at: Pipeline): Promise<string[]> => (await at.query<{ uuid: string }>(`select uuid from audit order by id`)).map(({ uuid }) => uuid);
  const there = async (from = origin, at = hub): Promise<string[]> =>
    (await at.query<{ uuid: string }>(`select uuid from received_audit where origin = $1 order by id`, [from])).map(({ uuid }) => uuid);
  const heard = async () => (await overview(hub)).from.find((one) => one.origin === origin)?.heard;
  const overview = async (at: Pipeline) => (await at.hub.repositories.overview.read()).audit;
  const failsWith = (at: Pipeline, code: string): Promise<unknown> =>
    until(`it fails with ${code}`, async () => (await overview(at)).to?.code === code, 15_000);
  const isWell = (to: Awaited<ReturnType<typeof overview>>['to']): boolean => to !== null && to.rows === 0 && to.heardAt !== null;
  const isShipped = (at: Pipeline): Promise<unknown> => until('it was heard, and nothing waits', async () => isWell((await overview(at)).to), 30_000);

  it('comes to the one that it reports to: every row once, in order, with its origin, in several reports', async () => {
    const clinic = await clinicOf();
    await write(clinic, names('a', 1200));
    await isShipped(clinic);
    expect(await there()).toEqual(await own(clinic));
    expect(await own(hub)).toEqual([]);
    await write(clinic, ['later']);
    await until('it is there too', async () => (await there()).length === 1201, 15_000);
    const [row] = await hub.query(`select type, site, aggregate, outcome, details -> 'record' as record from received_audit where uuid = 'later'`);
    expect(row).toEqual({ type: 'job.held.v1', site: 'kisumu', aggregate: 'person', outcome: 'parked', record: { aggregate: 'person', uuid: 'later' } });
    expect(await heard()).toMatchObject({ taken: 1201, waiting: 0, notTaken: 0 });
  });

  it('is taken once though its answer is lost after the commit, and though a report is cut off', async () => {
    const clinic = await clinicOf();
    await isShipped(clinic);
    line.goes('answer-lost');
    await write(clinic, names('a', 600));
    await failsWith(clinic, 'unreachable');
    expect((await there()).length).toBeGreaterThan(0);
    expect((await overview(clinic)).to).toMatchObject({ rows: 600, failingSince: expect.any(Date) });
    line.goes('cut-off');
    const cuts = line.cuts();
    await write(clinic, names('b', 100));
    await until('a report is cut off', () => line.cuts() > cuts, 15_000);
    const before = clinic.lines.length;
    line.goes('through');
    await isShipped(clinic);
    expect(await there()).toEqual([...names('a', 600), ...names('b', 100)]);
    expect((await heard())?.taken).toBe(700);
    expect(clinic.lines.slice(before).join('')).toContain('audit-ships-again');
  });

  it('waits while nobody can be reached, says since when and how much, and goes on by itself', async () => {
    line.goes('cut-off');
    const clinic = await clinicOf();
    await write(clinic, names('a', 700));
    await failsWith(clinic, 'unreachable');
    const { failingSince, since } = (await overview(clinic)).to ?? {};
    await write(clinic, names('b', 10));
    const cuts = line.cuts();
    await until('it was tried again and again', () => line.cuts() > cuts + 3, 15_000);
    expect((await overview(clinic)).to?.rows).toBe(710);
    expect((await overview(clinic)).to).toMatchObject({ failingSince, since, heardAt: null });
    expect(clinic.lines.filter((said) => said.includes('audit-not-shipped'))).toHaveLength(1);
    line.goes('through');
    await isShipped(clinic);
    expect(await there()).toHaveLength(710);
    expect((await overview(clinic)).to).toMatchObject({ failingSince: null, code: null, heardAt: expect.any(Date) });
  });

  it('is not taken from somebody who does not know the secret, and goes on once the configuration has the right one', async () => {
    const clinic = await clinicOf({ secret: 'another' });
    await write(clinic, ['a']);
    await failsWith(clinic, 'not-trusted');
    expect([await there(), await heard()]).toEqual([[], null]);
    expect(line.requests.map(({ body, headers }) => body + JSON.stringify(headers)).join('')).not.toContain('another');
    const told = { reportsTo: line.url };
    await clinic.hub.take({ ...clinic.hub.settings, configuration: configured(origin, told), reports: secretsOf(told) });
    await clinic.hub.rules.tell();
    await isShipped(clinic);
    expect(await there()).toEqual(['a']);
  });

  it('is not believed to be taken by somebody else who answers at that address', async () => {
    const clinic = await clinicOf();
    line.goes({ answeredBy: JSON.stringify({ taken: ['1', '2', '3'], refused: [] }) });
    await write(clinic, ['a', 'b', 'c']);
    await failsWith(clinic, 'answer-not-signed');
    expect((await overview(clinic)).to?.rows).toBe(3);
    line.goes('through');
    await isShipped(clinic);
    expect(await there()).toEqual(['a', 'b', 'c']);
  });

  it('is kept apart from that of another, and travels no further', async () => {
    const top = await instance('top', { from: { middle: 'top and middle' } });
    const middle = await instance('middle', { from: { [origin]: SECRET, 'siaya-box': 'siaya' }, reportsTo: (await lineTo(top)).url, secret: 'top and middle' });
    const { url } = await lineTo(middle);
    const clinics = [await instance(origin, { reportsTo: url }), await instance('siaya-box', { reportsTo: url, secret: 'siaya' })];
    for (const clinic of clinics) await write(clinic, ['alike', 'so-is-this']);
    await Promise.all(clinics.map(isShipped));
    await write(middle, ['of-the-middle']);
    await until('it is at the top', async () => (await there('middle', top)).length > 0, 15_000);
    for (const from of [origin, 'siaya-box']) expect(await there(from, middle)).toEqual(['alike', 'so-is-this']);
    expect(await top.query(`select origin, uuid from received_audit`)).toEqual([{ origin: 'middle', uuid: 'of-the-middle' }]);
    expect(await own(middle)).toEqual(['of-the-middle']);
  });

  it('has no row that stops those behind it: what cannot be taken is said at both ends, and sent again daily', async () => {
    const clinic = await clinicOf();
    await write(clinic, ['a']);
    await write(clinic, ['strange'], { reason: 'x'.repeat(500) });
    await write(clinic, ['huge'], { fields: ['x'.repeat(300_000)] });
    await write(clinic, ['z']);
    await isShipped(clinic);
    expect(await there()).toEqual(['a', 'z']);
    expect(await clinic.query(`select path from audit_not_taken order by id`)).toEqual([{ path: 'reason' }, { path: '(longer than a report)' }]);
    expect((await overview(clinic)).to?.notTaken).toBe(2);
    expect(clinic.lines.join('')).toContain('audit-not-taken');
    await clinic.hub.parts.database.write(`update audit set reason = 'x', details = '{}' where uuid in ('strange', 'huge')`);
    await clinic.hub.parts.database.write(`update audit_not_taken set tried_at = tried_at - interval '25 hours'`);
    await until('all is taken', async () => (await overview(clinic)).to?.notTaken === 0, 15_000);
    expect(await there()).toEqual(['a', 'z', 'strange', 'huge']);
  });

  it('is refused by the path of what is wrong with a report, never by a value, and nothing is taken of it', async () => {
    const post = async (body: string, path = `/audit/${origin}`) => {
      const answer = await fetch(`${line.url}${path}`, { method: 'POST', headers: signedNow(Buffer.from(body), SECRET), body });
      return { status: answer.status, text: await answer.text() };
    };
    const report = (rows: unknown) => JSON.stringify({ rows, waiting: { rows: 0, since: null, notTaken: 0 } });
    expect(await post('no JSON')).toMatchObject({ status: 400, text: expect.stringContaining('(the whole body): is no JSON') });
    expect(await post('{"rows":[]}')).toMatchObject({ status: 400, text: expect.stringContaining('waiting') });
    const named = await post(report([{ id: 'Moraa Kemunto' }]));
    expect(named).toMatchObject({ status: 400, text: expect.stringContaining('rows.0.id') });
    expect(named.text).not.toContain('Moraa');
    expect((await post(report(Array.from({ length: 501 }, () => ({ id: '1' }))))).status).toBe(400);
    expect((await post('x'.repeat(1_100_000))).status).toBe(413);
    expect((await post(report([]), '/audit/nowhere')).status).toBe(401);
    const newer = await post(report([{ id: '7', Moraa: 'Kemunto', 'Moraa K': 1 }]));
    expect(newer).toEqual({ status: 200, text: JSON.stringify({ taken: [], refused: [{ id: '7', path: 'messageId' }] }) });
    expect(await there()).toEqual([]);
    expect(hub.lines.join('')).not.toMatch(/Moraa|Kemunto/);
  });
});
