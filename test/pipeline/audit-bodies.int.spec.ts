import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type AuditLine, type BodyAsked, Uuid } from '@sync-hub/contracts';
import { until } from '@sync-hub/messaging/testing';
import { type Simulator, sampleData } from '@sync-hub/openmrs-simulator';
import { AuditSearchRepository } from '@sync-hub/persistence';
import { patientDeskOf } from '@sync-hub/runtime/testing';
import { audit } from '@sync-hub/standalone';
import { type PipelineOnSimulators, pipelineOnSimulators } from './on-simulators.js';

jest.setTimeout(120_000);

const MARK = 'Marked-Achieng';
const WHY: BodyAsked = { reason: 'fault', note: `${MARK} has asked what was sent` };

describe('what was sent to sites and what they answered', () => {
  let pipeline: PipelineOnSimulators;
  let kisumu: Simulator;
  let patient = '';
  let line: AuditLine;
  beforeAll(async () => {
    pipeline = await pipelineOnSimulators({ sites: { central: '2.8', kisumu: '2.8' }, audit: { bodies: { keepDays: 30 } } });
    kisumu = pipeline.simulators[1]!;
    const { locations, patients } = sampleData('kisumu', 1);
    kisumu.load({ locations, patients: patients.slice(0, 1).map((one) => ({ ...one, names: one.names.map((name) => ({ ...name, familyName: MARK })) })) });
    await pipeline.readFeeds();
    await pipeline.settle(60_000);
    patient = patients[0]?.uuid ?? '';
    line = (await ended(patient))[0]!;
  }, 180_000);
  afterAll(() => pipeline.stop());

  const desk = () => pipeline.hub.auditDesk();
  const ended = async (record: string) =>
    (await new AuditSearchRepository(pipeline.hub.parts.database).page({ record, outcome: 'pushed' }, 10)).lines.filter(({ type }) => type === 'job.ended.v1');
  const saidBy = async (by: string) => (await new AuditSearchRepository(pipeline.hub.parts.database).page({ person: by }, 10)).lines;

  it('is kept of the writes of a job, sealed, and told of without a word of it', async () => {
    const bodies = await desk().bodies(line.id);
    expect(bodies.length).toBeGreaterThan(0);
    expect(bodies[0]).toMatchObject({ site: 'central', uuid: patient, jobId: line.correlationId, status: 201 });
    expect(JSON.stringify(bodies)).not.toContain(MARK);
    const rows = await pipeline.query<{ row: string }>(`select row_to_json(audit_body)::text as row from audit_body`);
    expect(rows.filter(({ row }) => row.includes(MARK) || row.includes(Buffer.from(MARK).toString('hex')))).toEqual([]);
  });

  it('is shown once that is in the audit: to whom, which, and for which reason; the words beside it are sealed', async () => {
    const [body] = await desk().bodies(line.id);
    const shown = await desk().showBody(body!.id, WHY, 'amina');
    expect(shown?.opened).toMatchObject({ method: 'POST', path: expect.stringContaining('/ws/rest/v1/'), isCut: false });
    expect([shown?.opened?.request, shown?.opened?.answer].filter((text) => text?.includes(MARK))).not.toEqual([]);
    expect(shown?.shownBefore).toEqual([]);
    await until('it is in the audit', async () => (await saidBy('amina')).length === 1, 20_000);
    expect(await saidBy('amina')).toEqual([
      expect.objectContaining({
        type: 'body.shown.v1',
        uuid: patient,
        outcome: 'body-shown',
        reason: 'fault',
        details: expect.objectContaining({ bodyId: body!.id }),
      }),
    ]);
    const again = await desk().showBody(body!.id, { ...WHY, reason: 'complaint' }, 'grace');
    expect(again?.shownBefore).toEqual([{ by: 'amina', reason: 'fault', note: WHY.note, at: expect.any(String) }]);
    const everything = await pipeline.query<{ row: string }>(
      `select row_to_json(audit)::text as row from audit union all select row_to_json(audit_body_shown)::text from audit_body_shown union all select payload::text from outbox`,
    );
    expect(everything.filter(({ row }) => row.includes(MARK))).toEqual([]);
    expect(pipeline.lines.filter((one) => one.includes(MARK))).toEqual([]);
    expect(await desk().showBody(randomUUID(), WHY, 'amina')).toBeNull();
  });

  it('is had at the command line, with a reason and not without', async () => {
    const run = async (...args: readonly string[]) => {
      const lines: string[] = [];
      const { database, vault } = pipeline.hub.parts;
      const code = await audit(args, {
        database,
        vault: async () => vault,
        configuration: async () => pipeline.hub.rules.current,
        say: (one) => lines.push(one),
      });
      return { code, text: lines.join('\n') };
    };
    const listed = await run('bodies', line.id);
    expect(listed).toMatchObject({ code: 0, text: expect.stringContaining('central  answered 201') });
    const id = listed.text.split(' ')[0] ?? '';
    expect((await run('body', id, '--reason', 'fault')).text).toMatch(/^--note does not fit/);
    expect((await run('body', id, '--note', 'no reason at all')).code).toBe(1);
    expect(await run('body', id, '--reason', 'test', '--note', 'a look')).toMatchObject({ code: 0, text: expect.stringContaining('POST /ws/rest/v1/') });
    expect((await run('body', randomUUID(), '--reason', 'test', '--note', 'a look')).code).toBe(1);
    await run('list', '--record', patient);
    const searched = async () => (await new AuditSearchRepository(pipeline.hub.parts.database).page({ outcome: 'searched' }, 10)).lines;
    await until('that it was searched is in the audit', async () => (await searched()).length === 1, 20_000);
    expect((await searched())[0]?.details).toMatchObject({ filters: ['record'], lines: expect.any(Number) });
    expect(JSON.stringify((await searched())[0])).not.toContain(patient);
  });

  it('is dropped when its days are over, and with who is erased', async () => {
    const { database } = pipeline.hub.parts;
    const { auditBodies } = pipeline.hub.repositories;
    const left = async () => Number((await pipeline.query<{ count: string }>(`select count(*) from audit_body`))[0]?.count);
    const [before, ofHers] = [await left(), (await pipeline.query(`select id from audit_body where uuid = $1 or patient = $1`, [patient])).length];
    expect(ofHers).toBeGreaterThan(0);
    expect((await database.transaction((tx) => auditBodies.prune(tx, 1000))).result).toBe(0);
    const people = patientDeskOf(pipeline.hub);
    await people.stop({ patient: Uuid.parse(patient), by: 'Amina', reason: 'by order' });
    expect(await people.erase({ patient: Uuid.parse(patient), confirm: Uuid.parse(patient), by: 'Amina', reason: 'by order' })).toMatchObject({
      outcome: 'done',
      counts: { bodies: ofHers },
    });
    expect([await left(), await pipeline.query(`select id from audit_body_shown`)]).toEqual([before - ofHers, []]);
    await pipeline.query(`update audit_body set until = now() - interval '1 second'`);
    expect((await database.transaction((tx) => auditBodies.prune(tx, 1000))).result).toBe(before - ofHers);
    expect(await left()).toBe(0);
  });
});

describe('where nothing is said of it, what was sent to sites', () => {
  let pipeline: PipelineOnSimulators;
  beforeAll(async () => {
    pipeline = await pipelineOnSimulators({ sites: { central: '2.8', kisumu: '2.8' } });
  }, 120_000);
  afterAll(() => pipeline.stop());

  it('is kept nowhere', async () => {
    const { locations } = sampleData('kisumu', 1);
    pipeline.simulators[1]?.load({ locations, patients: [] });
    await pipeline.readFeeds();
    await pipeline.settle();
    expect((await pipeline.query(`select 1 from job where outcome = 'pushed'`)).length).toBeGreaterThan(0);
    expect(await pipeline.query(`select 1 from audit_body`)).toEqual([]);
  });
});
