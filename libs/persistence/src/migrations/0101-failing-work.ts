import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What of the hub's own work has been failing, for what, and since when; and what a comparison of metadata that could not begin waits for. */
export class FailingWork1764500000101 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table failing_work (
        work text not null,
        place text not null,
        uuid text not null,
        code text not null,
        times int not null default 1,
        since timestamptz not null default now(),
        last_at timestamptz not null default now(),
        primary key (work, place, uuid)
      );
      alter table metadata_comparison add column awaits text;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
