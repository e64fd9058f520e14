import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { AuditProofRepository, AuditRepository, AuditSealRepository, openDatabase, Vault } from '@sync-hub/persistence';
import { testDatabase } from '@sync-hub/persistence/testing';
import { fillAudit } from './audit-rows.js';
import { auditSearches, timesOf } from './audit-searches.js';

/** `npm run bench -- audit [--rows 200000] [--months 12]`: how long a page of each search of the audit takes, over rows made up. */
const { values } = parseArgs({ strict: false, options: { rows: { type: 'string', default: '200000' }, months: { type: 'string', default: '12' } } });
const ROWS = Number(values['rows']);
const MONTHS = Number(values['months']);
const SAYS_AT_ONCE = 50;
const GROUPS = 40;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const { url, drop } = await testDatabase();
const database = await openDatabase(url, 2);
try {
  const began = Date.now();
  await fillAudit(database, { rows: ROWS, months: MONTHS, say });
  const [size] = await database.query<{ rows: string; size: string; indexes: string }>(
    `select sum(reltuples)::bigint::text as rows, pg_size_pretty(sum(pg_relation_size(oid))) as size, pg_size_pretty(sum(pg_indexes_size(oid))) as indexes
     from pg_class join pg_inherits on oid = inhrelid where inhparent = 'audit'::regclass`,
  );
  say(`${size?.rows} rows in ${MONTHS} months, ${size?.size} and ${size?.indexes} of indexes, made in ${Math.round((Date.now() - began) / 1000)} s\n`);
  say('| a page of 50 | lines | shortest, ms | median, ms | longest, ms |\n| --- | --- | --- | --- | --- |');
  for (const [name, filters] of await auditSearches(database, MONTHS)) {
    const { lines, ms } = await timesOf(database, filters);
    say(`| ${[name, lines, ...[ms[0], ms[Math.floor(ms.length / 2)], ms.at(-1)].map((one) => one?.toFixed(0) ?? '-')].join(' | ')} |`);
  }
  const repository = new AuditRepository();
  const started = performance.now();
  for (let group = 0; group < GROUPS; group += 1)
    await database.transaction(async (tx) => {
      for (let row = 0; row < SAYS_AT_ONCE; row += 1) {
        const name = `bench-${group}-${row}`;
        const payload = {
          jobId: name,
          round: 1,
          record: { aggregate: 'encounter', uuid: name },
          link: 'site-1',
          site: 'site-1',
          outcome: 'pushed',
          fields: ['obs'],
          lost: [],
        };
        await repository.record(tx, {
          messageId: `job.ended.v1:${name}:1`,
          type: 'job.ended.v1',
          site: 'site-1',
          payload,
          correlationId: name,
          timestamp: new Date(),
        });
      }
    });
  say(`\nwritten in groups of ${SAYS_AT_ONCE}: ${((performance.now() - started) / GROUPS / SAYS_AT_ONCE).toFixed(2)} ms a row, the transaction included`);
  await sealSome();
} finally {
  await database.close();
  await drop();
}

/** How fast the oldest days are sealed, and verified. */
async function sealSome(): Promise<void> {
  const vault = new Vault([{ id: 'bench', bytes: randomBytes(32) }]);
  const seals = new AuditSealRepository(database, vault);
  const proofs = new AuditProofRepository(database, vault);
  const sealing = performance.now();
  const sealed = (await seals.sealNext('own')) ?? 0;
  say(`sealed: ${Math.round((1000 * sealed) / (performance.now() - sealing))} rows a second`);
  const [{ day } = { day: '' }] = await database.query<{ day: string }>(`select to_char(min(day), 'YYYY-MM-DD') as day from audit_seal`);
  const verifying = performance.now();
  const { rows, verdict } = await proofs.verify('own', day);
  say(`verified: ${Math.round((1000 * rows) / (performance.now() - verifying))} rows a second, a day of ${rows} (${verdict})`);
}
