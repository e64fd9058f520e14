import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A change that could not be looked at says what it stumbled over, as a job does: the privilege that is missing, the field of the wrong shape. */
export class WhyAChangeIsHeld1763900000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table change add column details jsonb not null default '{}'`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
