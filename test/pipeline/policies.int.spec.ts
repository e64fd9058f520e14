import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type Configuration, type FieldInConflict, Plugins, type Policies, parseConfiguration } from '@sync-hub/configuration';
import { type RecordRef, TransientError } from '@sync-hub/contracts';
import { until } from '@sync-hub/messaging/testing';
import { type MemorySite, type Pipeline, pipelineOn, twoChildren } from '@sync-hub/runtime/testing';
import { STAGE_SERVICES } from './services.js';

jest.setTimeout(30_000);

describe('policies', () => {
  let pipeline: Pipeline;
  let central: MemorySite;
  let kisumu: MemorySite;
  let record: RecordRef;
  let custom: (asked: FieldInConflict) => unknown = () => 'ask';
  const plugins = new Plugins([{ kind: 'policy', name: 'ours', version: '1', does: { decide: (asked) => custom(asked) as 'ask' } }]);
  beforeAll(async () => {
    pipeline = await pipelineOn(STAGE_SERVICES, { plugins });
    central = pipeline.sites.site('central');
    kisumu = pipeline.sites.site('kisumu');
  }, 60_000);
  afterAll(() => pipeline.stop());
  beforeEach(() => {
    record = { aggregate: 'location', uuid: randomUUID() };
  });

  /** From now on kisumu's link goes by these, as far as every service knows. */
  const under = async (policies: Policies): Promise<void> => {
    const before = twoChildren();
    const links = before.links.map((link) => (link.id === 'kisumu' ? { ...link, policies } : link));
    const configuration: Configuration = parseConfiguration({ ...before, links }, 'it', plugins);
    pipeline.hub.rules.replace(configuration);
    const routes = pipeline.hub.routeRules();
    await pipeline.hub.parts.database.transaction((tx) => pipeline.hub.repositories.rules.note(tx, ['fetcher', 'mapper', 'pusher'], routes));
    pipeline.hub.rules.noted(new Map(routes.map(({ link, writesBy = '' }) => [link, writesBy])));
  };
  const look = async (...sites: string[]): Promise<void> => {
    for (const site of sites) {
      await pipeline.look(site, record);
      await pipeline.atRest();
    }
  };
  const held = (...fields: string[]) => [central, kisumu].map((site) => fields.map((field) => site.fieldsOf(record)[field]));
  const heldJobs = () =>
    pipeline.query<{ state: string; reason: string; details: Record<string, unknown> }>(
      `select state, reason, details from job where uuid = $1 and link = 'kisumu' and state <> 'ended' order by direction`,
      [record.uuid],
    );
  const audited = () =>
    pipeline.query<{ details: { decided: unknown } }>(`select details from audit where type = 'policy.decided.v1' and uuid = $1 order by id`, [record.uuid]);
  const agreed = async (fields: Record<string, string | null>): Promise<void> => {
    kisumu.edit(record, fields);
    await look('kisumu', 'central');
  };
  /** Everything that looks of the parent, or of the child, have found so far was found so long ago. */
  const aged = (direction: 'pull' | 'push', seconds: number) =>
    pipeline.query(
      `update job set source_sights = (select jsonb_object_agg(key, value::text::float - $3) from jsonb_each(source_sights))
       where uuid = $1 and direction = $2 and state <> 'ended' and source_sights <> '{}'`,
      [record.uuid, direction, seconds],
    );
  const anyNewer = async (): Promise<void> => {
    for (const site of ['central', 'kisumu'])
      await pipeline.hub.parts.database
        .transaction((tx) => pipeline.hub.repositories.changes.open(tx, [{ site, record, forced: true }]))
        .then(({ said }) => pipeline.hub.outgoing.send(said));
    await pipeline.atRest();
  };

  const ORDERS = [
    ['central', 'kisumu'],
    ['kisumu', 'central'],
  ] as const;
  it.each<['parent-wins' | 'child-wins' | 'union', string | null, string | null, string]>([
    ['parent-wins', 'P', 'C', 'P'],
    ['child-wins', 'P', 'C', 'C'],
    ['union', 'P', null, 'P'],
    ['union', null, 'C', 'C'],
  ])(
    '%s: where the parent says %s and the child %s, both come to hold %s, whichever is looked at first, and nobody is asked',
    async (word, parent, child, result) => {
      await under({ fields: { location: { description: word } } });
      for (const order of ORDERS) {
        record = { aggregate: 'location', uuid: randomUUID() };
        await agreed({ name: 'Ward', description: 'old' });
        central.edit(record, { description: parent });
        kisumu.edit(record, { description: child });
        await look(...order);
        expect(held('name', 'description')).toEqual([
          ['Ward', result],
          ['Ward', result],
        ]);
        expect(await heldJobs()).toEqual([]);
        expect((await audited()).map(({ details }) => details.decided)).toEqual([[{ field: 'description', policy: word }]]);
        expect(await pipeline.query(`select 1 from decision where uuid = $1 and ended_at is null`, [record.uuid])).toEqual([]);
      }
    },
  );

  it('leave what they do not decide to a person, who is asked about that alone; both are written once she has answered', async () => {
    await under({ fields: { location: { name: 'manual', description: 'child-wins' } } });
    await agreed({ name: 'Ward', description: 'old' });
    central.edit(record, { name: 'Ward P', description: 'P' });
    kisumu.edit(record, { name: 'Ward C', description: 'C' });
    await look('central', 'kisumu');
    expect(held('name', 'description')).toEqual([
      ['Ward P', 'P'],
      ['Ward C', 'C'],
    ]);
    const desk = pipeline.hub.conflictDesk();
    const [row] = await pipeline.query<{ id: string; fields: string[]; versions: number }>(
      `select id, fields, versions from conflict where uuid = $1 and closed_at is null`,
      [record.uuid],
    );
    expect(row?.fields).toEqual(['name']);
    await desk.answer(row?.id ?? '', { version: row?.versions ?? 1, choices: [{ path: 'name', take: 'parent' }] }, 'grace');
    await pipeline.atRest();
    expect(held('name', 'description')).toEqual([
      ['Ward P', 'C'],
      ['Ward P', 'C'],
    ]);
  });

  it('decide at first contact, and overwrite nothing that is not kept', async () => {
    await under({ categories: { location: 'parent-wins' } });
    central.edit(record, { name: 'Ward P', description: null });
    kisumu.edit(record, { name: 'Ward C', description: 'only here' });
    await look('kisumu');
    expect(held('name', 'description')).toEqual([
      ['Ward P', 'only here'],
      ['Ward P', 'only here'],
    ]);
    const intents = (
      await pipeline.query<{ id: string; sealed: Buffer }>(`select id, sealed from intent where uuid = $1 and site = 'kisumu'`, [record.uuid])
    ).map(({ id, sealed }) => pipeline.hub.parts.vault.open(sealed, `intent:${id}`) as { held: { fields: Record<string, string> } });
    expect(intents.map(({ held: before }) => before.fields['name'])).toContain('Ward C');
  });

  it('decide on a deletion against an edit only where presence is named, for whoever was named', async () => {
    const deletedAgainstEdit = async (policies: Policies) => {
      await under(policies);
      record = { aggregate: 'location', uuid: randomUUID() };
      await agreed({ name: 'Ward' });
      central.edit(record, {}, 'voided');
      kisumu.edit(record, { name: 'Ward C' });
      await look('central', 'kisumu');
      return [...[central, kisumu].map((site) => site.records.get(`location/${record.uuid}`)?.presence), (await heldJobs())[0]?.reason];
    };
    expect(await deletedAgainstEdit({ default: 'parent-wins', categories: { location: 'parent-wins' } })).toEqual(['voided', 'present', 'delete-against-edit']);
    expect(await deletedAgainstEdit({ fields: { location: { presence: 'parent-wins' } } })).toEqual(['voided', 'voided', undefined]);
    expect(await deletedAgainstEdit({ fields: { location: { presence: 'child-wins' } } })).toEqual(['present', 'present', undefined]);
    expect(central.fieldsOf(record)['name']).toBe('Ward C');
  });

  it('let a deployment’s own class decide, on another value too, at both ends, once', async () => {
    await under({ default: { name: 'ours', options: {} } });
    custom = ({ parent, child }) => ({ value: `${String(parent)} & ${String(child)}` });
    await agreed({ name: 'Ward' });
    central.edit(record, { name: 'P' });
    kisumu.edit(record, { name: 'C' });
    await look('kisumu', 'central');
    expect(held('name')).toEqual([['P & C'], ['P & C']]);
  });

  it.each<[string, (asked: FieldInConflict) => unknown]>([
    ['throws', () => JSON.parse('{')],
    ['answers nonsense', () => 'mine'],
  ])('leave the conflict to a person, and name the class, where it %s', async (_what, decide) => {
    await under({ default: { name: 'ours', options: {} } });
    custom = decide;
    await agreed({ name: 'Ward' });
    central.edit(record, { name: 'P' });
    kisumu.edit(record, { name: 'C' });
    await look('kisumu', 'central');
    expect(held('name')).toEqual([['P'], ['C']]);
    expect(await heldJobs()).toMatchObject([
      { state: 'conflict', reason: 'both-edited', details: { fields: ['name'], failedPolicies: ['ours'] } },
      { state: 'conflict', reason: 'both-edited', details: { fields: ['name'], failedPolicies: ['ours'] } },
    ]);
  });

  it.each([
    ['its answer is lost', 'kisumu', 'afterWrite'],
    ['its answer is lost', 'central', 'afterWrite'],
    ['the other end fails', 'central', 'beforeWrite'],
    ['the other end fails', 'kisumu', 'beforeWrite'],
  ] as const)('are carried out once where the first of both ends has it and %s (%s, %s)', async (_what, end, moment) => {
    await under({ default: { name: 'ours', options: {} } });
    custom = () => ({ value: 'both' });
    await agreed({ name: 'Ward' });
    central.edit(record, { name: 'P' });
    kisumu.edit(record, { name: 'C' });
    kisumu.writes.length = 0;
    central.writes.length = 0;
    pipeline.sites.site(end).once(moment, async () => {
      throw new TransientError('server-error', 'the site failed on this', { status: 500 });
    });
    await look('central', 'kisumu');
    expect(held('name')).toEqual([['both'], ['both']]);
    expect([central, kisumu].map((site) => site.writes.filter((write) => write.record.uuid === record.uuid).length)).toEqual([1, 1]);
  });

  it('judge anew what was edited after they had decided', async () => {
    await under({ fields: { location: { name: 'child-wins' } } });
    await agreed({ name: 'Ward' });
    central.edit(record, { name: 'P' });
    kisumu.edit(record, { name: 'C' });
    central.once('beforeWrite', async () => {
      kisumu.edit(record, { name: 'C2' });
      await pipeline.look('kisumu', record);
    });
    await look('central', 'kisumu');
    expect(held('name')).toEqual([['C2'], ['C2']]);
    expect(await heldJobs()).toEqual([]);
  });

  describe('newest', () => {
    const conflict = async (): Promise<void> => {
      await under({ fields: { location: { name: 'newest' } } });
      await agreed({ name: 'Ward' });
      central.edit(record, { name: 'P' });
      kisumu.edit(record, { name: 'C' });
      await look('central', 'kisumu');
    };

    it('asks where both were seen at once, and at first contact', async () => {
      await conflict();
      expect([held('name'), (await heldJobs()).map(({ reason }) => reason)]).toEqual([
        [['P'], ['C']],
        ['both-edited', 'both-edited'],
      ]);
      record = { aggregate: 'location', uuid: randomUUID() };
      central.edit(record, { name: 'P' });
      kisumu.edit(record, { name: 'C' });
      await look('central', 'kisumu');
      expect((await heldJobs()).map(({ reason }) => reason)).toEqual(['first-contact', 'first-contact']);
    });

    it.each([
      ['pull', 'C'],
      ['push', 'P'],
    ] as const)('lets the one win that was seen later, where what %s saw is an hour old: %s', async (older, wins) => {
      await conflict();
      await aged(older, 3600);
      await anyNewer();
      expect(held('name')).toEqual([[wins], [wins]]);
    });

    it('is not deceived by a look at what was held, an edit beside it, or an undo: the first sight counts', async () => {
      await conflict();
      await aged('pull', 3600);
      await aged('push', 7200);
      kisumu.edit(record, { name: 'C2', description: 'beside' });
      await under({});
      await look('kisumu');
      kisumu.edit(record, { name: 'C' });
      await look('kisumu');
      await under({ fields: { location: { name: 'newest' } } });
      await anyNewer();
      expect(held('name')).toEqual([['P'], ['P']]);
    });

    it('does not know once a person let both stay as they were', async () => {
      await conflict();
      const [row] = await pipeline.query<{ id: string }>(`select id from conflict where uuid = $1`, [record.uuid]);
      await pipeline.hub.conflictDesk().dismiss(row?.id ?? '', { reason: 'both are right' }, 'grace');
      kisumu.edit(record, { description: 'beside' });
      central.edit(record, { name: 'P2' });
      await look('kisumu', 'central');
      await aged('push', 3600);
      await anyNewer();
      expect([held('name'), (await heldJobs()).length]).toEqual([[['P2'], ['C']], 2]);
    });
  });

  describe('that come to say something else', () => {
    const asked = async (): Promise<void> => {
      await under({});
      await agreed({ name: 'Ward' });
      central.edit(record, { name: 'P' });
      kisumu.edit(record, { name: 'C' });
      await look('central', 'kisumu');
      expect((await heldJobs()).length).toBe(2);
    };
    const decided = async (): Promise<unknown> => {
      await until('nothing is asked any more', async () => (await heldJobs()).length === 0);
      await pipeline.atRest();
      return held('name');
    };

    it('decide what is asked about already', async () => {
      await asked();
      await under({ fields: { location: { name: 'child-wins' } } });
      expect(await decided()).toEqual([['C'], ['C']]);
    });

    it('do so by a rule that a person made, and by it no more once she has revoked it', async () => {
      await asked();
      const desk = pipeline.hub.policyRuleDesk();
      const rule = { link: 'kisumu', category: 'location', field: 'name', policy: 'parent-wins' } as const;
      const added = await desk.add(rule, 'grace');
      expect(await decided()).toEqual([['P'], ['P']]);
      expect(await desk.add({ ...rule, policy: 'union' }, 'grace')).toMatchObject({ kind: 'there', policy: 'parent-wins' });
      expect(await desk.list({ link: 'kisumu' })).toMatchObject([{ policy: 'parent-wins', madeBy: 'grace', isOverruled: false, revoked: null }]);
      const id = added.kind === 'added' ? added.id : '';
      expect([await desk.revoke(id, 'otieno'), await desk.revoke(id, 'otieno'), await desk.list({})]).toEqual([true, false, []]);
      await asked();
      await pipeline.atRest();
      const said = await pipeline.query<{ details: object }>(`select details from audit where type = 'policy-rule.changed.v1' order by id`);
      expect(said.map(({ details }) => details)).toMatchObject([
        { what: 'made', by: 'grace', policy: 'parent-wins', field: 'name' },
        { what: 'revoked', by: 'otieno' },
      ]);
    });
  });
});
