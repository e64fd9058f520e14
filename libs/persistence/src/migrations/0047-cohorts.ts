import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who is in the cohorts of a site that catchments go by, and when each was read. */
export class Cohorts1764300000047 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table cohort (
        site text not null,
        uuid text not null,
        is_known boolean not null default false,
        read_at timestamptz,
        reading_until timestamptz,
        primary key (site, uuid)
      );
      create table cohort_member (
        site text not null,
        cohort text not null,
        patient text not null,
        primary key (site, cohort, patient)
      );
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
