import { userInfo } from 'node:os';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { until } from '@sync-hub/messaging/testing';
import { AuditRepository } from '@sync-hub/persistence';
import { type Pipeline, pipelineOn, twoChildren } from '@sync-hub/runtime/testing';
import { audit } from '@sync-hub/standalone';
import { STAGE_SERVICES } from './services.js';

jest.setTimeout(60_000);

describe('the audit of a day', () => {
  let pipeline: Pipeline;
  let today = '';
  beforeAll(async () => {
    pipeline = await pipelineOn(STAGE_SERVICES, { configuration: twoChildren(), times: { sealAuditMs: 50 } });
    today = new Date().toISOString().slice(0, 10);
    await pipeline.hub.parts.database.transaction(async (tx) => {
      for (const name of ['jane', 'joseph', 'amina'])
        await new AuditRepository().record(tx, {
          messageId: `conflict.answered.v1:${name}:1`,
          type: 'conflict.answered.v1',
          site: 'kisumu',
          payload: { record: { aggregate: 'person', uuid: name }, link: 'kisumu', by: '=cmd()@hub', fields: ['gender', 'birthdate'] },
          correlationId: name,
          timestamp: new Date(),
        });
    });
    await until('all is sealed', async () => (await run('verify')).lines.some((line) => line.includes('as sealed: 3 rows')), 20_000);
  }, 60_000);
  afterAll(() => pipeline.stop());

  async function run(...args: readonly string[]): Promise<{ readonly code: number; readonly lines: readonly string[] }> {
    const lines: string[] = [];
    const { database, vault } = pipeline.hub.parts;
    const code = await audit(args, { database, vault: async () => vault, configuration: async () => twoChildren(), say: (line) => lines.push(line) });
    return { code, lines };
  }

  it('is listed by what is looked for, page after page', async () => {
    const first = await run('list', '--category', 'patient', '--person', '=cmd()@hub', '--since', today, '--limit', '2');
    expect(first.lines).toEqual([
      expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ {2}conflict\.answered {2}kisumu {2}person joseph {2}gender, birthdate {2}by =cmd\(\)@hub$/),
      expect.stringContaining('person jane'),
      expect.stringMatching(/^There is more: --after \d+\.own\.\d+$/),
    ]);
    const after = first.lines.at(-1)?.split(' ').at(-1) ?? '';
    expect((await run('list', '--category', 'patient', '--limit', '2', '--after', after)).lines).toEqual([expect.stringContaining('person amina')]);
    expect(await run('list', '--text', 'nothing-has-this')).toEqual({ code: 0, lines: ['Nothing in the audit fits.'] });
    expect((await run('list', '--stage', 'no-such-stage')).code).toBe(1);
  });

  it('is exported as CSV that a spreadsheet reads as text, as lines of JSON, and as AuditEvents of FHIR R4', async () => {
    const csv = (await run('export', '--format', 'csv', '--since', today)).lines;
    expect(csv).toHaveLength(4);
    expect(csv[1]).toContain(`"{""by"":""=cmd()@hub"",`);
    const [row] = (await run('export', '--format', 'ndjson', '--record', 'jane')).lines;
    expect(JSON.parse(row ?? '')).toMatchObject({ origin: null, uuid: 'jane', details: { fields: ['gender', 'birthdate'] } });
    const [event] = (await run('export', '--format', 'fhir', '--record', 'jane')).lines;
    expect(JSON.parse(event ?? '')).toMatchObject({
      resourceType: 'AuditEvent',
      subtype: [{ code: 'conflict.answered.v1' }],
      agent: [{ who: { identifier: { value: '=cmd()@hub' } }, requestor: true }],
      entity: [{ what: { type: 'Patient', identifier: { value: 'jane' } } }],
    });
  });

  it('is exported once that is in the audit: by whom, as what, what was looked for, and how it ended; never a word that was typed', async () => {
    const desk = pipeline.hub.auditDesk();
    const said = async (by: string) => {
      const { lines } = await desk.search({ filter: { person: by, origin: 'own' }, limit: 10 }, 'nobody');
      return [...lines].reverse().map(({ outcome, details: { asked, format, lines: written } }) => ({ outcome, asked, format, written }));
    };
    const saidInTheEnd = async (by: string, outcomes: number) => {
      await until('it is in the audit', async () => (await said(by)).length === outcomes, 20_000);
      return said(by);
    };
    const nothing = await desk.export({ filter: { text: 'Achieng', record: 'Achieng', category: 'person' }, format: 'csv' }, 'grace');
    const unread = { asked: { text: '(typed)', record: '(typed)', category: 'person' }, format: 'csv', written: 0 };
    expect(await saidInTheEnd('grace', 1)).toEqual([{ outcome: 'export-begun', ...unread }]);
    for await (const _ of nothing.pieces);
    expect((await saidInTheEnd('grace', 2)).at(-1)).toEqual({ outcome: 'export-ended', ...unread });
    const filter = { record: 'jane', text: 'gender' };
    for await (const _ of (await desk.export({ filter, format: 'csv' }, 'otieno')).pieces) break;
    expect((await saidInTheEnd('otieno', 2)).at(-1)).toEqual({
      outcome: 'export-broken-off',
      asked: { record: 'jane', text: '(typed)' },
      format: 'csv',
      written: 0,
    });
    expect(JSON.stringify(await pipeline.query(`select details from audit`))).not.toContain('Achieng');
  });

  it('has by whom it was exported at the command line', async () => {
    const exported = async () => (await run('list', '--text', 'export-ended fhir')).lines;
    await until('what was left in the outbox is sent', async () => (await exported()).some((line) => line.includes('audit.exported')), 20_000);
    expect(await exported()).toEqual([expect.stringContaining(`by ${userInfo().username}`)]);
  });

  it('is dropped once it is past its time, as the configuration or who asks for it says', async () => {
    expect(await run('drop')).toMatchObject({ code: 1, lines: [expect.stringContaining('instance.audit.keepMonths'), expect.anything()] });
    expect((await run('drop', '--keep', '0')).code).toBe(1);
    expect(await run('drop', '--keep', '3')).toEqual({ code: 0, lines: ['own: nothing is past its time', 'received: nothing is past its time'] });
  });

  it('is verified, and the first row that somebody altered is named', async () => {
    const whole = await run('verify', '--day', today);
    expect(whole).toEqual({
      code: 0,
      lines: [
        expect.stringMatching(new RegExp(`^${today} {2}own {2}as sealed: \\d+ rows(?:, \\d+ not sealed yet)? {2}[0-9a-f]{64}$`)),
        expect.stringContaining('received'),
      ],
    });
    await pipeline.hub.parts.database.write(
      `update audit set details = details || '{"by": "somebody@else"}' where id >= (select id from audit where uuid = 'joseph')`,
    );
    const [{ id } = { id: '' }] = await pipeline.query<{ id: string }>(`select id::text as id from audit where uuid = 'joseph'`);
    const broken = await run('verify');
    expect(broken).toEqual({ code: 1, lines: [`${today}  own  NOT AS SEALED: row ${id} was altered`] });
  });
});
