import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people do to what travels of patients, and of whom nothing is written for it. */
export class StoppedPatients1764500000172 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table patient_act (
        id uuid primary key,
        patient text not null,
        link text,
        what text not null,
        by text not null,
        sealed bytea,
        at timestamptz not null default now()
      );
      create index patient_act_of on patient_act (patient, at);

      create table patient_stop (
        id uuid primary key,
        patient text not null,
        link text,
        by text not null,
        since timestamptz not null default now()
      );
      create unique index one_patient_stop on patient_stop (patient, coalesce(link, ''));

      create index job_patient_stopped on job ((details ->> 'stop')) where state = 'parked' and reason = 'patient-stopped';
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
