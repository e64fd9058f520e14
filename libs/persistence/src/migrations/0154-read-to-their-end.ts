import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When each feed was last read to its end, and how old what it told after it was left alone for long may be. */
export class ReadToTheirEnd1764500000154 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table feed_marker
        add column at_end_at timestamptz,
        add column is_behind boolean not null default false,
        add column behind_from timestamptz,
        add column behind_until timestamptz
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
