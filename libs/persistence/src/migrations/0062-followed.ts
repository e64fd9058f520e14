import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Patients who go to a child whatever its catchment says, until when, and who asked for it. */
export class Followed1764400000062 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table followed (
        id uuid primary key,
        link text not null,
        patient text not null,
        until timestamptz not null,
        followed_by text not null,
        round int not null default 1,
        unique (link, patient)
      );
      create index followed_by_end on followed (until);
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
