import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people made of a decision: always so for this field on this link; it outlives the conflict that it was made of. And by which policies and rules a job that asks was judged. */
export class PolicyRules1764500000115 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table policy_rule (
        id uuid primary key,
        link text not null,
        category text not null,
        field text not null,
        policy text not null,
        child text not null,
        conflict_id uuid,
        made_by text not null,
        made_at timestamptz not null default now(),
        revoked_by text,
        revoked_at timestamptz,
        check ((revoked_by is null) = (revoked_at is null))
      );
      create unique index one_rule_in_force on policy_rule (link, category, field) where revoked_at is null;

      alter table job add column judged_by text;
      create index job_in_conflict on job (link) where state = 'conflict';
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
