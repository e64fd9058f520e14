import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Seals over the audit: for some rows of one day, in their order, the hash of each over its content and the one before it, and a keyed sum over the last of them and the seal before.
 * `ids` and `hashes` go with the rows when these are dropped; the seal stays.
 */
export class AuditSeals1764500000132 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table audit_seal (
        number bigint primary key,
        kind text not null,
        day date not null,
        part int not null,
        first_id bigint not null,
        last_id bigint not null,
        row_count int not null,
        ids bigint[],
        hashes bytea,
        head bytea not null,
        key text not null,
        sum bytea not null,
        sealed_at timestamptz not null default now(),
        unique (kind, day, part)
      );
      create index audit_seal_to on audit_seal (kind, last_id);
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
