import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type ConflictBench, conflictBench, type Place } from './conflict-bench.js';

jest.setTimeout(30_000);

describe('a conflict that is dismissed', () => {
  let bench: ConflictBench;
  beforeAll(async () => {
    bench = await conflictBench();
  }, 60_000);
  afterAll(() => bench.stop());

  /** As it is shown now, or as it was at that version. */
  const leave = async (place: Place, reason: string, seen?: number): Promise<boolean> => {
    const { id, version } = (await place.shown()).conflict;
    return bench.desk.dismiss(id, { reason, version: seen ?? version }, 'grace');
  };
  const dismissed = async (): Promise<Place> => {
    const place = await bench.agreed();
    await place.differ();
    expect(await leave(place, 'ZZWHYZZ: both are right')).toBe(true);
    await bench.pipeline.atRest();
    return place;
  };
  const names = (place: Place) => place.held().map(({ name }) => name);
  const outcomes = async (place: Place) =>
    (
      await bench.pipeline.query<{ outcome: string }>(`select distinct outcome from job where uuid = $1 and link = 'kisumu' and outcome = 'discarded'`, [
        place.record.uuid,
      ])
    ).map(({ outcome }) => outcome);

  it('leaves both ends as they are, ends what it held as discarded, and says who did so and why', async () => {
    const place = await dismissed();
    expect([names(place), await place.openJobs(), await outcomes(place)]).toEqual([['Ward P', 'Ward C'], [], ['discarded']]);
    expect(await place.standing()).toEqual(['dismissed', 1, 'dismissed']);
    expect((await place.shown()).notes).toMatchObject([{ what: 'dismissed', by: 'grace', text: 'ZZWHYZZ: both are right' }]);
    const told = await bench.pipeline.query(`select details -> 'by' as by from audit where type = 'conflict.moved.v1' and uuid = $1`, [place.record.uuid]);
    expect(told).toEqual([{ by: 'grace' }]);
    expect(JSON.stringify(await bench.pipeline.query(`select row_to_json(audit) from audit`))).not.toContain('ZZWHYZZ');
  });

  it('is not opened by looks that find nothing new, asked for or not', async () => {
    const place = await dismissed();
    await place.look('central', 'kisumu');
    await bench.redrive(place.record);
    expect([(await place.rows()).length, await place.openJobs(), place.written('name'), names(place)]).toEqual([1, [], 0, ['Ward P', 'Ward C']]);
  });

  it.each(['central', 'kisumu'] as const)('is asked about anew as soon as %s changes, in whatever field, and overwrites nothing', async (site) => {
    const place = await dismissed();
    bench[site].edit(place.record, { country: 'KE' });
    await place.look(site);
    expect([(await place.rows()).length, await place.standing()]).toEqual([2, ['open', 1, null]]);
    expect([names(place), place.written('name')]).toEqual([['Ward P', 'Ward C'], 0]);
    await place.answer([{ path: 'name', take: 'parent' }]);
    expect(names(place)).toEqual(['Ward P', 'Ward P']);
  });

  it('is asked about anew where both ends come back to it after it was answered', async () => {
    const place = await dismissed();
    bench.kisumu.edit(place.record, { name: 'Ward D' });
    await place.look('kisumu');
    await place.answer([{ path: 'name', value: 'Ward' }]);
    await place.differ();
    expect([(await place.rows()).length, (await place.standing())[0]]).toEqual([3, 'open']);
  });

  it('is so once, and not while an answer is on its way', async () => {
    const place = await dismissed();
    expect(await leave(place, 'again')).toBe(false);
    const other = await bench.agreed();
    await other.differ();
    await bench.pipeline.query(`update conflict set answer = gen_random_uuid() where uuid = $1`, [other.record.uuid]);
    expect(await leave(other, 'too late')).toBe(false);
    expect(await other.standing()).toEqual(['answered', 1, null]);
  });

  it('is as it was seen: where an end has changed since, it is shown again', async () => {
    const place = await bench.agreed();
    await place.differ();
    const { version } = (await place.shown()).conflict;
    bench.kisumu.edit(place.record, { description: 'newer' });
    await place.look('kisumu');
    expect(await leave(place, 'both are right', version)).toBe(false);
    expect(await place.standing()).toEqual(['open', version + 1, null]);
    expect(await leave(place, 'both are right', version + 1)).toBe(true);
  });

  it('takes back what was decided of some of its fields', async () => {
    const place = await bench.agreed();
    await place.differ();
    bench.central.edit(place.record, { description: 'newer' });
    await place.look('central');
    await place.answer([{ path: 'name', take: 'parent' }]);
    expect(await place.openDecisions()).toBe(1);
    await leave(place, 'leave it');
    await bench.pipeline.atRest();
    bench.kisumu.edit(place.record, { description: 'newer' });
    await place.look('kisumu');
    expect([await place.openDecisions(), names(place), (await place.standing())[0]]).toEqual([0, ['Ward P', 'Ward C'], 'open']);
  });

  it('tells what waits behind it', async () => {
    const ward = await bench.agreed();
    bench.central.edit(ward.record, { parentLocation: null });
    const gone = await bench.agreed({ name: 'Hospital' });
    bench.central.records.delete(`location/${gone.record.uuid}`);
    bench.kisumu.edit(gone.record, { name: 'Hospital K' });
    await gone.look('kisumu');
    bench.kisumu.edit(ward.record, { parentLocation: gone.record.uuid }, 'present', [
      { path: 'parentLocation', resource: 'location', uuid: gone.record.uuid, aggregate: 'location' },
    ]);
    await ward.look('kisumu');
    await leave(gone, 'it was closed down');
    await bench.pipeline.atRest();
    const [held] = await bench.pipeline.query(`select state, details ->> 'blockedBy' as by from job where uuid = $1 and state <> 'ended'`, [ward.record.uuid]);
    expect(held).toEqual({ state: 'waiting', by: 'discarded' });
  });
});
