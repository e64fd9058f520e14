import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readScan, type ScannedPage, type ScanReading, type ScanSource } from './read-scan.js';
import { LOOK_BACK_SECONDS, type ScanPosition, secondsFrom } from './scan-position.js';

const NOON = '2026-11-28T12:00:00Z';

interface Row {
  readonly updated: string;
  readonly state: 'there' | 'gone';
}

/** fhir2 in memory: rows by id, in no order of time; pages of five; a voided row is in no search. */
class Site implements ScanSource {
  readonly rows = new Map<string, Row>();
  clock = NOON;
  requests = 0;
  /** What somebody does at the site before one of the next requests is answered. */
  meanwhile: (() => void)[] = [];
  constructor(readonly perPage = 5) {}

  save(id: string, updated = this.clock): void {
    this.rows.delete(id);
    this.rows.set(id, { updated, state: 'there' });
  }

  void(id: string): void {
    this.rows.set(id, { updated: this.rows.get(id)?.updated ?? '', state: 'gone' });
  }

  window = (from: string, before: string | null) => this.page(from, before, 0);
  next = (page: string) => {
    const [from = '', before = '', skip = '0'] = page.split('|');
    return this.page(from, before === '' ? null : before, Number(skip));
  };
  row = async (id: string) => {
    this.requests += 1;
    const row = this.rows.get(id);
    if (row === undefined) return { state: 'absent' as const };
    return row.state === 'gone' ? { state: 'gone' as const } : { state: 'there' as const, updated: row.updated };
  };

  private async page(from: string, before: string | null, skip: number): Promise<ScannedPage> {
    this.requests += 1;
    this.meanwhile.shift()?.();
    const found = [...this.rows].filter(([, { updated, state }]) => state === 'there' && updated >= from && (before === null || updated < before));
    const rows = found.slice(skip, skip + this.perPage).map(([id, { updated }]) => ({ id, updated }));
    const isLast = skip + this.perPage >= found.length;
    return { rows, unreadable: [], next: isLast ? null : `${from}|${before ?? ''}|${skip + this.perPage}`, at: new Date(this.clock) };
  }
}

class Follower {
  position: ScanPosition | null = null;
  constructor(
    private readonly site: Site,
    private readonly startAt: 'beginning' | 'now' = 'beginning',
  ) {}

  async once(): Promise<ScanReading> {
    const reading = await readScan({ position: this.position, startAt: this.startAt, source: this.site, now: () => new Date(this.site.clock) });
    this.position = JSON.parse(JSON.stringify(reading.position)) as ScanPosition;
    return reading;
  }

  /** Reads until there is no more, and answers with what was told. */
  async told(): Promise<string[]> {
    const ids: string[] = [];
    for (let reads = 0; reads < 200; reads += 1) {
      const { told, more } = await this.once();
      ids.push(...told.map(({ id }) => id));
      if (!more) return ids;
    }
    throw new Error('the scan does not end');
  }
}

describe('a scan by the date of the last update', () => {
  it('tells each row once, then only what is new or updated, in one request where nothing is', async () => {
    const site = new Site();
    for (let n = 0; n < 23; n += 1) site.save(`p${n}`, secondsFrom(NOON, -n * 86_400 * 30));
    const follower = new Follower(site);
    expect((await follower.told()).sort()).toEqual([...site.rows.keys()].sort());
    expect(await follower.told()).toEqual([]);
    site.clock = secondsFrom(NOON, 60);
    site.save('p7');
    site.save('new');
    expect((await follower.told()).sort()).toEqual(['new', 'p7']);
    site.requests = 0;
    expect(await follower.told()).toEqual([]);
    expect(site.requests).toBe(1);
  });

  it('tells of nothing that was there before it began, where it begins now', async () => {
    const site = new Site();
    for (let n = 0; n < 8; n += 1) site.save(`p${n}`, secondsFrom(NOON, -n - 1));
    const follower = new Follower(site, 'now');
    expect(await follower.told()).toEqual([]);
    site.clock = secondsFrom(NOON, 5);
    site.save('p3');
    expect(await follower.told()).toEqual(['p3']);
  });

  it('finds what is dated back: a transaction that committed late, a clock that was set back', async () => {
    const site = new Site();
    site.save('p1');
    const follower = new Follower(site);
    await follower.told();
    site.clock = secondsFrom(NOON, 600);
    site.save('p2');
    await follower.told();
    site.save('late', secondsFrom(site.clock, 1 - LOOK_BACK_SECONDS));
    expect(await follower.told()).toEqual(['late']);
  });

  it('reads a single second that has more rows than a page, and a busy quarter of an hour, without end', async () => {
    const site = new Site();
    for (let n = 0; n < 40; n += 1) site.save(`import-${n}`);
    const follower = new Follower(site);
    expect((await follower.told()).sort()).toEqual([...site.rows.keys()].sort());
    site.clock = secondsFrom(NOON, 10);
    site.save('p1');
    expect(await follower.told()).toEqual(['p1']);
    expect(await follower.told()).toEqual([]);
  });

  it('does not tell again of many that were updated in one second long ago', async () => {
    const site = new Site(100);
    for (let n = 0; n < 40; n += 1) site.save(`import-${n}`);
    const follower = new Follower(site);
    await follower.told();
    site.clock = secondsFrom(NOON, 7200);
    expect(await follower.told()).toEqual([]);
    expect(await follower.told()).toEqual([]);
    site.save('p1');
    expect(await follower.told()).toEqual(['p1']);
  });

  it('tells of a row that was voided soon after it was told, and goes on', async () => {
    const site = new Site();
    for (let n = 0; n < 4; n += 1) site.save(`p${n}`);
    const follower = new Follower(site);
    await follower.told();
    site.void('p2');
    expect(await follower.told()).toEqual(['p2']);
    expect(await follower.told()).toEqual([]);
  });

  it.each([
    ['rows are gone that were told', (site: Site) => ['p2', 'p3'].map((id) => site.rows.delete(id))],
    ['a row stands as it stood before', (site: Site) => site.save('p3', secondsFrom(NOON, -3600))],
  ])('suspects another life of the data where %s, tells nothing and stays where it is', async (_, restore) => {
    const site = new Site();
    for (let n = 0; n < 4; n += 1) site.save(`p${n}`);
    const follower = new Follower(site);
    await follower.told();
    const { position } = follower;
    restore(site);
    site.save('typed since', secondsFrom(NOON, 30));
    expect(await follower.once()).toMatchObject({ isSuspect: true, told: [], position });
  });

  it('takes one row that was purged for no other life', async () => {
    const site = new Site();
    for (let n = 0; n < 4; n += 1) site.save(`p${n}`);
    const follower = new Follower(site);
    await follower.told();
    site.rows.delete('p1');
    expect(await follower.once()).toMatchObject({ isSuspect: false, told: [{ id: 'p1' }] });
  });

  it('misses no row however rows are updated between its readings and its pages', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 6 }),
        fc.array(fc.record({ row: fc.nat(25), after: fc.nat(700), reads: fc.nat(3), meanwhile: fc.boolean() }), { maxLength: 60 }),
        async (perPage, edits) => {
          const site = new Site(perPage);
          const follower = new Follower(site);
          const seen = new Map<string, string>();
          const read = async (): Promise<boolean> => {
            const { told, more, isSuspect } = await follower.once();
            expect(isSuspect).toBe(false);
            for (const { id, updated } of told) seen.set(id, updated);
            return more;
          };
          for (const { row, after, reads, meanwhile } of edits) {
            const edit = (): void => {
              site.clock = secondsFrom(site.clock, after);
              site.save(`r${row}`);
            };
            if (meanwhile) site.meanwhile.push(edit);
            else edit();
            for (let n = 0; n < reads; n += 1) await read();
          }
          for (let n = 0; n < 500 && ((await read()) || site.meanwhile.length > 0); n += 1);
          await read();
          for (const [id, { updated }] of site.rows) expect([id, seen.get(id)]).toEqual([id, updated]);
        },
      ),
      { numRuns: 300 },
    );
  });
});
