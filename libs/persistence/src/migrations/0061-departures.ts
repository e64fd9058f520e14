import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Patients who have left a catchment whose link retires the child's copy, and what went with each: nothing of it travels up. */
export class Departures1764400000061 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table departure (
        id uuid primary key,
        link text not null,
        patient text not null,
        state text not null,
        reason text,
        round int not null default 1,
        since timestamptz not null default now(),
        not_before timestamptz not null default now(),
        sent_at timestamptz,
        unique (link, patient)
      );
      create table departure_record (
        link text not null,
        patient text not null,
        aggregate text not null,
        uuid text not null,
        reason text,
        primary key (link, aggregate, uuid)
      );
      create index departure_record_by_patient on departure_record (link, patient);
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
