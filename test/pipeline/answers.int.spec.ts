import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type ConflictChoice, ConflictFilter, RefusedError } from '@sync-hub/contracts';
import { until } from '@sync-hub/messaging/testing';
import { type ConflictBench, conflictBench, type Place } from './conflict-bench.js';

jest.setTimeout(30_000);

const TYPED = "O'Neil <ward> 𝒜";
const PARENTS: ConflictChoice = { path: 'name', take: 'parent' };

describe('a conflict', () => {
  let bench: ConflictBench;
  beforeAll(async () => {
    bench = await conflictBench();
  }, 60_000);
  afterAll(() => bench.stop());

  const inConflict = async (): Promise<Place> => {
    const place = await bench.agreed();
    await place.differ();
    return place;
  };

  it('is shown with what each end holds, held and would get', async () => {
    const place = await inConflict();
    const { fields, conflict } = await place.shown();
    const ends = { parent: 'central', child: 'kisumu', category: 'location' };
    expect(conflict).toMatchObject({ state: 'open', version: 1, reason: 'both-edited', fields: ['name'], ...ends });
    const side = (value: string) => ({ value, label: null, isKnown: true });
    expect(fields).toMatchObject([
      {
        path: 'name',
        base: { parent: side('Ward'), child: side('Ward') },
        parent: side('Ward P'),
        child: side('Ward C'),
        does: 'ask',
        why: 'both-edited',
        takes: ['parent', 'child', 'value'],
      },
      { path: 'description', does: 'to-parent', why: 'one-end-edited' },
    ]);
  });

  it.each<readonly [string, ConflictChoice, string, number]>([
    ["the parent's", PARENTS, 'Ward P', 1],
    ["the child's", { path: 'name', take: 'child' }, 'Ward C', 1],
    ['one that was typed', { path: 'name', value: TYPED }, TYPED, 2],
  ])('that is answered with a value, %s, is closed once both ends hold it, each written to once', async (_name, choice, name, writes) => {
    const place = await inConflict();
    expect(await place.answer([choice])).toMatchObject({ kind: 'taken' });
    const both = { name, description: 'new' };
    expect([place.held(), place.written('name'), place.written('description')]).toEqual([[both, both], writes, 1]);
    expect(await place.standing()).toEqual(['resolved', 1, 'answered']);
    expect(await place.story()).toEqual(['answered', 'resolved']);
    expect([await place.openJobs(), await place.openDecisions()]).toEqual([[], 0]);
    await place.look('central', 'kisumu');
    expect([place.written('name'), (await place.rows()).length]).toEqual([writes, 1]);
  });

  it('is open until both ends hold the answer, however long one of them refuses it', async () => {
    const place = await inConflict();
    bench.kisumu.beforeWrite = async () => {
      throw new RefusedError('invalid', 'the site refused this', { status: 400 });
    };
    await place.answer([{ path: 'name', value: TYPED }]);
    expect([place.held().map(({ name }) => name), await place.standing()]).toEqual([
      [TYPED, 'Ward C'],
      ['answered', 1, null],
    ]);
    bench.kisumu.beforeWrite = async () => undefined;
    await bench.redrive(place.record);
    expect([place.held().map(({ name }) => name), await place.standing()]).toEqual([
      [TYPED, TYPED],
      ['resolved', 1, 'answered'],
    ]);
  });

  it('takes the place of one that an end refuses where whoever gives it knows of that one, and of none else', async () => {
    const place = await inConflict();
    bench.kisumu.beforeWrite = async () => {
      throw new RefusedError('invalid', 'the site refused this', { status: 400 });
    };
    await place.answer([{ path: 'name', value: TYPED }]);
    const { conflict, takesAnother } = await place.shown();
    const other = { version: conflict.version, choices: [{ path: 'name', value: 'Ward L' }] };
    expect([conflict.state, takesAnother]).toEqual(['answered', true]);
    expect(await bench.desk.answer(conflict.id, { ...other, unlessAnswered: true }, 'amina')).toEqual({ kind: 'stale', version: conflict.version });
    expect([await place.story(), await place.standing()]).toEqual([['answered'], ['answered', 1, null]]);
    bench.kisumu.beforeWrite = async () => undefined;
    await bench.desk.answer(conflict.id, other, 'amina');
    await bench.pipeline.atRest();
    // The parent holds the first one by now: that is looked at again, and not overwritten unseen.
    expect([place.held().map(({ name }) => name), (await place.standing())[0]]).toEqual([[TYPED, 'Ward C'], 'open']);
    await place.answer([{ path: 'name', value: 'Ward L' }]);
    expect([place.held().map(({ name }) => name), (await place.standing())[0]]).toEqual([['Ward L', 'Ward L'], 'resolved']);
  });

  it('says what an answer would write and leave open, and writes nothing of it', async () => {
    const place = await inConflict();
    const { conflict } = await place.shown();
    const preview = await bench.desk.preview(conflict.id, { version: 1, choices: [{ path: 'name', value: TYPED }] });
    const to = (value: string) => ({ to: { value, label: null, isKnown: true } });
    expect(preview).toMatchObject({
      writes: [
        {
          site: 'central',
          fields: [
            { path: 'description', ...to('new') },
            { path: 'name', ...to(TYPED) },
          ],
        },
        { site: 'kisumu', fields: [{ path: 'name', ...to(TYPED) }] },
      ],
      open: [],
    });
    expect([await place.standing(), place.written('name')]).toEqual([['open', 1, null], 0]);
  });

  it('tells whoever answers what it was before that it has changed, and takes nothing', async () => {
    const place = await inConflict();
    bench.kisumu.edit(place.record, { name: 'Ward C2' });
    await place.look('kisumu');
    expect(await place.answer([PARENTS], 1)).toEqual({ kind: 'stale', version: 2 });
    expect(await place.standing()).toEqual(['open', 2, null]);
    expect((await place.shown()).fields[0]).toMatchObject({ child: { value: 'Ward C2' } });
    expect(place.written('name')).toBe(0);
  });

  it('is as it was where it is only looked at again', async () => {
    const place = await inConflict();
    await bench.redrive(place.record);
    await place.look('central', 'kisumu');
    expect(await place.standing()).toEqual(['open', 1, null]);
  });

  it('is shown again where it changed between the answer and the moment it was to be kept', async () => {
    const place = await inConflict();
    const { answers } = bench.pipeline.hub.repositories;
    const pending = answers.pending.bind(answers);
    const spy = jest.spyOn(answers, 'pending').mockImplementation(async (tx, id) => {
      await tx.query(`update conflict set versions = versions + 1 where uuid = $1`, [place.record.uuid]);
      return pending(tx, id);
    });
    await place.answer([PARENTS]);
    spy.mockRestore();
    expect(await place.standing()).toEqual(['open', 2, null]);
    expect([await place.story(), await place.openDecisions(), place.written('name')]).toEqual([['answered', 'shown-again'], 0, 0]);
    await place.answer([PARENTS]);
    expect(place.held().map(({ name }) => name)).toEqual(['Ward P', 'Ward P']);
  });

  it('is shown again, to whoever had it, where an end was changed before it was written to: nothing typed is overwritten', async () => {
    const place = await inConflict();
    const { conflict } = await place.shown();
    await bench.desk.assign(conflict.id, 'grace', 'amina');
    bench.kisumu.once('beforeRead', async () => {
      bench.kisumu.edit(place.record, { name: 'Ward C2' });
    });
    await place.answer([PARENTS]);
    expect(await place.standing()).toEqual(['assigned', 2, null]);
    expect(place.held().map(({ name }) => name)).toEqual(['Ward P', 'Ward C2']);
    expect(await place.story()).toEqual(['assigned', 'answered', 'shown-again']);
    await place.answer([{ path: 'name', take: 'child' }]);
    expect([place.held().map(({ name }) => name), await place.standing()]).toEqual([
      ['Ward C2', 'Ward C2'],
      ['resolved', 2, 'answered'],
    ]);
  });

  it('that is answered in part stays open for the rest, and writes all of it together', async () => {
    const place = await bench.agreed();
    await place.differ();
    bench.central.edit(place.record, { description: 'newer' });
    await place.look('central');
    expect((await place.shown()).conflict.fields).toEqual(['description', 'name']);
    await place.answer([PARENTS]);
    expect([(await place.standing())[0], (await place.shown()).conflict.fields, place.written('name')]).toEqual(['open', ['description'], 0]);
    await place.answer([{ path: 'description', take: 'child' }]);
    const both = { name: 'Ward P', description: 'new' };
    expect([place.held(), (await place.standing())[0]]).toEqual([[both, both], 'resolved']);
  });

  it('goes by the last of two answers', async () => {
    const place = await inConflict();
    await place.give([PARENTS]);
    await place.answer([{ path: 'name', value: 'Ward L' }]);
    expect(await place.openJobs()).toEqual([]);
    if ((await place.standing())[0] !== 'resolved') await place.answer([{ path: 'name', value: 'Ward L' }]);
    expect(place.held().map(({ name }) => name)).toEqual(['Ward L', 'Ward L']);
  });

  it('closes by itself where the ends come to agree, and a new one is asked about anew', async () => {
    const place = await inConflict();
    bench.kisumu.edit(place.record, { name: 'Ward P' });
    await place.look('kisumu');
    expect([await place.standing(), await place.story()]).toEqual([['resolved', 1, 'by-itself'], ['resolved']]);
    await place.differ(['P again', 'C again']);
    expect([(await place.rows()).length, await place.standing()]).toEqual([2, ['open', 1, null]]);
  });

  it('lets go on what waits behind it, and counts it meanwhile', async () => {
    const ward = await bench.agreed();
    bench.central.edit(ward.record, { parentLocation: null });
    const gone = await bench.agreed({ name: 'Hospital' });
    bench.central.records.delete(`location/${gone.record.uuid}`);
    bench.kisumu.edit(gone.record, { name: 'Hospital K' });
    await bench.pipeline.look('kisumu', gone.record);
    bench.kisumu.edit(ward.record, { parentLocation: gone.record.uuid }, 'present', [
      { path: 'parentLocation', resource: 'location', uuid: gone.record.uuid, aggregate: 'location' },
    ]);
    await ward.look('kisumu');
    expect([(await gone.shown()).conflict, (await ward.openJobs()).map(({ state }) => state)]).toMatchObject([
      { reason: 'absent-with-agreement', waitingBehind: 1 },
      ['waiting'],
    ]);
    await gone.answer([{ path: 'presence', value: 'present' }]);
    expect(bench.central.fieldsOf(gone.record)).toEqual({ name: 'Hospital K' });
    await until('what waited has gone on', async () => bench.central.fieldsOf(ward.record)['parentLocation'] === gone.record.uuid);
  });

  it.each<readonly [string, ConflictChoice, string]>([
    ['is voided', { path: 'presence', take: 'parent' }, 'voided'],
    ['stays', { path: 'presence', take: 'child' }, 'present'],
  ])('of a deletion against an edit is answered: the record %s at both ends', async (_name, choice, presence) => {
    const place = await bench.agreed();
    bench.central.edit(place.record, {}, 'voided');
    bench.kisumu.edit(place.record, { name: 'Ward C' });
    await place.look('central', 'kisumu');
    expect((await place.shown()).conflict).toMatchObject({ reason: 'delete-against-edit', fields: ['presence'] });
    await place.answer([choice]);
    const ends = [bench.central, bench.kisumu].map((site) => site.records.get(`location/${place.record.uuid}`)?.presence);
    expect(ends).toEqual([presence, presence]);
    expect([(await place.standing())[0], await place.openJobs(), place.held()[1]?.['name']]).toEqual(['resolved', [], 'Ward C']);
  });

  it('of first contact is answered though nothing was ever agreed on', async () => {
    const place = await bench.agreed({ name: 'first' });
    await bench.pipeline.query(`delete from agreement where uuid = $1`, [place.record.uuid]);
    await place.differ(['P first', 'C first']);
    expect((await place.shown()).conflict.reason).toBe('first-contact');
    expect((await place.shown()).fields.every(({ base }) => base === null)).toBe(true);
    await place.answer([{ path: 'name', take: 'child' }]);
    expect([place.held().map(({ name }) => name), (await place.standing())[0]]).toEqual([['C first', 'C first'], 'resolved']);
  });

  it('of a void that would take others along is answered by whoever saw which; of one more it is asked about again', async () => {
    const place = await bench.agreed();
    bench.kisumu.edit(place.record, {}, 'voided');
    bench.central.dependantsOf = ['encounter/e1'];
    await place.look('kisumu');
    expect(await place.shown()).toMatchObject({
      conflict: { reason: 'void-would-take-others' },
      takesAlong: ['encounter/e1'],
    });
    bench.central.dependantsOf = ['encounter/e1', 'encounter/e2'];
    await place.answer([{ path: 'presence', value: 'voided' }]);
    expect([(await place.standing())[0], (await place.shown()).takesAlong]).toEqual(['open', ['encounter/e1', 'encounter/e2']]);
    expect((await place.shown()).fields[0]).toMatchObject({ path: 'presence', does: 'ask' });
    expect(bench.central.records.get(`location/${place.record.uuid}`)?.presence).toBe('present');
    await place.answer([{ path: 'presence', value: 'voided' }]);
    bench.central.dependantsOf = [];
    expect([(await place.standing())[0], bench.central.records.get(`location/${place.record.uuid}`)?.presence]).toEqual(['resolved', 'voided']);
  });

  it('is refused an answer that cannot be carried out, and one once it is closed', async () => {
    const place = await inConflict();
    expect(await place.answer([{ path: 'name', value: 3 }])).toMatchObject({ kind: 'invalid', problems: [{ path: 'name' }] });
    await place.answer([PARENTS]);
    expect(await place.answer([PARENTS])).toEqual({ kind: 'closed', as: 'answered' });
    expect(await bench.desk.answer(randomUUID(), { version: 1, choices: [PARENTS] }, 'grace')).toEqual({ kind: 'closed', as: 'not-there' });
    expect([await bench.desk.find('no id'), await bench.desk.assign(randomUUID(), 'x', 'y'), await bench.desk.note(randomUUID(), 'x', 'y')]).toEqual([
      null,
      false,
      false,
    ]);
  });

  it('is told of in the audit with who did what, by names and ids alone; what people write is sealed', async () => {
    const place = await inConflict();
    const { conflict } = await place.shown();
    await bench.desk.assign(conflict.id, 'grace', 'amina');
    await bench.desk.note(conflict.id, 'ZZNOTEZZ asked her mother', 'grace');
    await bench.desk.answer(conflict.id, { version: 1, choices: [{ path: 'name', value: 'ZZTYPEDZZ' }], note: 'ZZNOTEZZ too' }, 'grace');
    await bench.pipeline.atRest();
    const told = await bench.pipeline.query<{ type: string; details: Record<string, unknown> }>(
      `select type, details from audit where correlation_id = $1 order by said_at, id`,
      [conflict.id],
    );
    expect(told.map(({ type, details }) => [type, details['what'] ?? details['fields'], details['by'], details['conflictId']])).toEqual([
      ['conflict.moved.v1', 'assigned', 'amina', conflict.id],
      ['conflict.moved.v1', 'noted', 'grace', conflict.id],
      ['conflict.answered.v1', ['name'], 'grace', conflict.id],
      ['conflict.moved.v1', 'resolved', null, conflict.id],
    ]);
    const jobs = await bench.pipeline.query<{ id: string }>(`select id::text from job where uuid = $1 and written @> '{name}' and link = 'kisumu'`, [
      place.record.uuid,
    ]);
    expect(jobs.map(({ id }) => id)).toContain(told.at(-1)?.details['jobId']);
    const { notes } = await place.shown();
    expect(notes.map(({ what, by, text }) => [what, by, text])).toEqual([
      ['assigned', 'amina', 'grace'],
      ['noted', 'grace', 'ZZNOTEZZ asked her mother'],
      ['answered', 'grace', 'ZZNOTEZZ too'],
      ['resolved', '', null],
    ]);
    const kept = await Promise.all(
      ['audit', 'outbox', 'conflict', 'conflict_answer', 'conflict_note', 'decision', 'job'].map((table) =>
        bench.pipeline.query(`select row_to_json(t)::text from ${table} as t`),
      ),
    );
    expect(JSON.stringify([kept, bench.pipeline.lines])).not.toMatch(/ZZNOTEZZ|ZZTYPEDZZ|Ward [PC]/);
  });

  it('is listed, and counted, without what the ends hold', async () => {
    const place = await inConflict();
    const { conflict } = await place.shown();
    await bench.desk.assign(conflict.id, 'amina', 'amina');
    const of = async (filter: Record<string, unknown>) => (await bench.desk.list(ConflictFilter.parse(filter))).conflicts.map(({ id }) => id);
    expect(await of({ owner: 'amina' })).toEqual([conflict.id]);
    expect(await of({ owner: '' })).not.toContain(conflict.id);
    for (const filter of [
      { link: 'siaya' },
      { category: 'visit' },
      { field: 'gender' },
      { reason: 'first-contact' },
      { openedBefore: '2020-01-01T00:00:00Z' },
      { states: ['resolved'] },
    ])
      expect(await of(filter)).not.toContain(conflict.id);
    const { conflicts, counts } = await bench.desk.list(
      ConflictFilter.parse({ link: 'kisumu', category: 'location', field: 'name', states: ['assigned'], limit: 1 }),
    );
    expect(conflicts).toEqual([conflict.state === 'open' ? { ...conflict, state: 'assigned', owner: 'amina' } : conflict]);
    expect(counts).toMatchObject({
      all: 1,
      by: { link: [{ name: 'kisumu', count: 1 }], owner: [{ name: 'amina', count: 1 }], state: [{ name: 'assigned', count: 1 }] },
    });
    expect(JSON.stringify(conflicts)).not.toContain('Ward P');
    await bench.desk.assign(conflict.id, '', 'amina');
    expect((await place.standing())[0]).toBe('open');
  });

  it('keeps what it and its answer stand on from being tidied away', async () => {
    const place = await inConflict();
    await bench.pipeline.query(`update snapshot set taken_at = now() - interval '10 years'`);
    await bench.pipeline.hub.parts.database.transaction((tx) => bench.pipeline.hub.repositories.snapshots.prune(tx, 1, 1000));
    expect((await place.shown()).fields[0]).toMatchObject({ parent: { value: 'Ward P' }, child: { value: 'Ward C' } });
    await expect(
      bench.pipeline.query(`delete from conflict where uuid = $1 returning id`, [place.record.uuid]).then(() => bench.pipeline.query(`delete from snapshot`)),
    ).rejects.toMatchObject({ code: 'bug' });
  });
});
