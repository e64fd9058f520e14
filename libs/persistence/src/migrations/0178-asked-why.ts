import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What somebody at a console without logins asks of something held, until a service that has them answers. Codes, ids and names of fields; no value of a record. */
export class AskedWhy1764600000178 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table asked_why (
        id uuid primary key,
        held_id uuid not null,
        asked_at timestamptz not null default now(),
        taken_until timestamptz,
        times int not null default 0,
        answer jsonb
      );
      create index asked_why_open on asked_why (asked_at) where answer is null;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
