import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a site told of parts of a record that have a row of their own (a name, an address), since we wrote there. */
export class PartsBesideOurWrites1764500000135 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table intent add column told_parts jsonb not null default '[]'`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
