import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A feed that a person has read from its start, whatever the configuration says of where it begins. */
export class FeedsFromTheirStart1764500000151 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table feed_marker add column from_start boolean not null default false`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
