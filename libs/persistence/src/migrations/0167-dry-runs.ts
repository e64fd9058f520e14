import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Runs by hand that only say what would come of them; what would come of each record, and what it took to find out. */
export class DryRuns1764500000167 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table manual_run add column dry boolean not null default false;
      alter table manual_run_record
        add column along boolean not null default false,
        add column taken_until timestamptz,
        add column fields text[] not null default '{}',
        add column awaits text[] not null default '{}',
        add column told jsonb;
      create index manual_run_record_would_wait on manual_run_record (run) where became = 'would-wait';
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
