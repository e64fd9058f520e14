import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How far the records agreed on with a site have been asked for, where its feed does not tell of voids: a crash goes on from here. */
export class UuidAudit1763900000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table uuid_audit (
        site text primary key references site (id),
        begun_at timestamptz not null default now(),
        finished_at timestamptz,
        after_aggregate text,
        after_uuid text,
        asked int not null default 0,
        opened int not null default 0,
        leased_by text,
        leased_until timestamptz
      );
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
