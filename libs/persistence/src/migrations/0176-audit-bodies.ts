import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was sent to sites and what they answered, where the configuration has it kept; and who was shown it, why. What they say is sealed. */
export class AuditBodies1764500000176 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table audit_body (
        id uuid primary key,
        job_id uuid not null,
        number int not null,
        site text not null,
        link text not null,
        aggregate text not null,
        uuid text not null,
        patient text,
        status int,
        bytes int not null,
        sealed bytea not null,
        taken_at timestamptz not null default now(),
        until timestamptz not null
      );
      create index audit_body_job on audit_body (job_id);
      create index audit_body_record on audit_body (uuid);
      create index audit_body_patient on audit_body (patient) where patient is not null;
      create index audit_body_until on audit_body (until);

      create table audit_body_shown (
        id uuid primary key,
        body_id uuid not null references audit_body (id) on delete cascade,
        by_whom text not null,
        reason text not null,
        sealed bytea not null,
        shown_at timestamptz not null default now()
      );
      create index audit_body_shown_of on audit_body_shown (body_id);
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
