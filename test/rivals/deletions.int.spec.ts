import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { NOTHING_HELD } from '../convergence/content.js';
import { Random } from '../convergence/random.js';
import { DELETABLE } from './deletable.js';
import { allCells, titleOf } from './deletions.js';
import { DeletionsRun } from './deletions-run.js';

jest.setTimeout(1_800_000);
const SEED = process.env['SYNC_HUB_SEED'] ?? 's1';
const COUNT = Number(process.env['N'] ?? 60);

describe('probe', () => {
  let run: DeletionsRun;
  beforeAll(async () => {
    const random = new Random(SEED);
    const cells = allCells(DELETABLE.filter(({ name }) => new RegExp(process.env['K'] ?? '').test(name))).filter((c) => new RegExp(process.env['T'] ?? '').test(titleOf(c)))
      .map((cell) => ({ cell, at: random.next() }))
      .sort((a, b) => a.at - b.at)
      .slice(0, COUNT)
      .map(({ cell }) => cell);
    console.log(allCells(DELETABLE).length);
    const t = Date.now();
    run = await DeletionsRun.start(cells);
    console.log('made', Date.now() - t);
  }, 600_000);
  afterAll(() => run.stop());

  const show = async (): Promise<string> => {
    const { conflicts, open } = await run.standing();
    const lines = run.tried.map((one) => {
      const asked = conflicts.filter(({ record }) => run.caseOf(record) === one).map(({ record, reason, fields }) => `${record.split('/')[0]} ${reason}[${fields}]`);
      const held = open
        .filter(({ record, state }) => run.caseOf(record) === one && state !== 'conflict')
        .map(({ record, what, state, reason, code, details }) => `${record.split('/')[0]} ${what.split(' ')[2] ?? ''} ${state} ${reason} ${code} ${JSON.stringify(details)}`);
      const [p, c] = (['parent', 'child'] as const).map((end) => run.heldAt(end, one.made.record) ?? NOTHING_HELD);
      const same = JSON.stringify([...p!].sort()) === JSON.stringify([...c!].sort());
      return `${titleOf(one.cell)} => ${asked.join(', ')} | ${held.join(', ')} | ${p!.get('presence')} ${c!.get('presence')} ${same}`;
    });
    return lines.sort().join('\n');
  };

  it('shows', async () => {
    let t = Date.now();
    await run.live();
    const out: string[] = [`acted ${Date.now() - t}`, await show(), await run.told(await run.faults())];
    t = Date.now();
    await run.answer();
    out.push(`answered ${Date.now() - t}`, await show(), await run.told(await run.faults()));
    if (process.env['DBG']) {
      const rec = run.tried[0]!.made.record;
      const { storyOf } = await import('../convergence/story.js');
      out.push(await storyOf(rec, { hub: run.hub, edits: run.ledger.edits, sites: run.pipeline.simulators }));
      out.push(JSON.stringify(await run.pipeline.query(`select id, direction, state, reason, code, details, round, source_generation from job where uuid=$1`, [rec.split('/')[1]]), null, 1));
      out.push(JSON.stringify(await run.pipeline.query(`select job_id, reason, versions, closed_as, answered_revision, fields from conflict where uuid=$1`, [rec.split('/')[1]]), null, 1));
      out.push(JSON.stringify(await run.pipeline.query(`select number, version, takes, ended_as, answered_by, a.fields from conflict_answer a join conflict c on c.id=a.conflict_id where uuid=$1`, [rec.split('/')[1]]), null, 1));
    }
    (await import('node:fs')).writeFileSync(process.env['OUT'] ?? '/tmp/del-out.txt', out.join('\n----\n'));
    expect(1).toBe(1);
  });
});
