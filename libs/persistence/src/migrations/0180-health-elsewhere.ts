import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How other instances do, as each told it last: as of when by its own clock, and when that was heard by ours. */
export class HealthElsewhere1764600000180 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table received_work
        add column health jsonb,
        add column health_as_of timestamptz,
        add column health_heard_at timestamptz;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
