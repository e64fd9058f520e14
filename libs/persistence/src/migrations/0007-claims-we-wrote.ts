import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An engine knows a claim at the parent for its own by having written it: a copy of its database has its name too, but not its next claim. */
export class ClaimsWeWrote1763900000007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table link_engine add column claims text[] not null default '{}'`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
