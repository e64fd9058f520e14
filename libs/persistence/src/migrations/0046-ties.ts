import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What ties patients to programs and places at a site, by the record that tells of it, and of whom all of it was listed; for catchments that go by it. */
export class Ties1764300000046 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table tie (
        site text not null,
        aggregate text not null,
        uuid text not null,
        patient text,
        tied_to text,
        is_ended boolean not null default false,
        noted_at timestamptz not null,
        primary key (site, aggregate, uuid)
      );
      create index tie_of_patient on tie (site, patient, aggregate) where patient is not null;
      create table ties_listed (
        site text not null,
        patient text not null,
        aggregate text not null,
        primary key (site, patient, aggregate)
      );
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
