import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RecordRef } from '@sync-hub/contracts';
import { type PipelineBench, pipelineBench } from '../testing/pipeline-bench.js';
import { UuidAuditRepository } from './uuid-audit.repository.js';

describe('the audit of a site’s uuids', () => {
  let bench: PipelineBench;
  let audits: UuidAuditRepository;
  beforeAll(async () => {
    bench = await pipelineBench(['kisumu', 'siaya', 'busia', 'central']);
    audits = new UuidAuditRepository(bench.database);
  }, 60_000);
  afterAll(() => bench.close());

  const record = (uuid: string): RecordRef => ({ aggregate: 'person', uuid });
  const advance = (site: string, holder: string, uuids: readonly string[], { opened = 0, isEnd = false } = {}) =>
    bench.database.transaction((tx) => audits.advance(tx, site, holder, { records: uuids.map(record), opened, isEnd })).then(({ result }) => result);
  const leaseRunsOut = (site: string) => bench.database.write(`update uuid_audit set leased_until = now() - interval '1 second' where site = $1`, [site]);

  it('begins where there was none, is one’s alone, and stands where it stood for who comes after a crash', async () => {
    expect(await audits.take('kisumu', 'one', 24, 60)).toEqual({ after: null, asked: 0, opened: 0 });
    expect(await audits.take('kisumu', 'two', 24, 60)).toBeNull();
    expect(await advance('kisumu', 'one', ['a', 'b'], { opened: 1 })).toBe(true);
    await leaseRunsOut('kisumu');
    expect(await audits.take('kisumu', 'two', 24, 60)).toEqual({ after: record('b'), asked: 2, opened: 1 });
  });

  it('is not moved by one that has lost it', async () => {
    await audits.take('siaya', 'one', 24, 60);
    await leaseRunsOut('siaya');
    expect(await advance('siaya', 'one', ['a'])).toBe(false);
    await audits.take('siaya', 'two', 24, 60);
    expect(await advance('siaya', 'one', ['a'])).toBe(false);
    expect(await audits.take('siaya', 'two', 24, 60)).toEqual({ after: null, asked: 0, opened: 0 });
  });

  it('once ended begins anew so many hours after it began, from the first record', async () => {
    await audits.take('busia', 'one', 24, 60);
    await advance('busia', 'one', ['a', 'b'], { isEnd: true });
    expect(await audits.take('busia', 'one', 24, 60)).toBeNull();
    await bench.database.write(`update uuid_audit set begun_at = now() - interval '23 hours' where site = 'busia'`);
    expect(await audits.take('busia', 'one', 24, 60)).toBeNull();
    await bench.database.write(`update uuid_audit set begun_at = now() - interval '25 hours' where site = 'busia'`);
    expect(await audits.take('busia', 'one', 24, 60)).toEqual({ after: null, asked: 0, opened: 0 });
    expect(
      await bench.database.query(`select 1 from uuid_audit where site = 'busia' and begun_at > now() - interval '1 minute' and finished_at is null`),
    ).toHaveLength(1);
  });
});
