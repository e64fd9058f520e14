import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people look at and decide: conflicts with every version, decisions, the audit. */
export class People1763900000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table conflict (
        id uuid primary key,
        link text not null,
        aggregate text not null,
        uuid text not null,
        job_id uuid not null references job (id),
        reason text not null,
        fields text[] not null,
        parent_snapshot uuid not null references snapshot (id),
        child_snapshot uuid not null references snapshot (id),
        agreement_revision int not null,
        agreement_sealed bytea,
        versions int not null default 1,
        opened_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        closed_at timestamptz,
        closed_as text
      );
      create unique index one_open_conflict on conflict (link, aggregate, uuid) where closed_at is null;
      create index conflict_parent_snapshot on conflict (parent_snapshot);
      create index conflict_child_snapshot on conflict (child_snapshot);

      create table decision (
        id uuid primary key,
        link text not null,
        aggregate text not null,
        uuid text not null,
        sealed bytea not null,
        decided_by text not null,
        decided_at timestamptz not null default now(),
        ended_at timestamptz
      );
      create index open_decision on decision (link, aggregate, uuid) where ended_at is null;

      create table audit (
        id bigint generated always as identity primary key,
        message_id text not null unique,
        type text not null,
        site text not null,
        link text,
        aggregate text,
        uuid text,
        correlation_id text not null,
        outcome text,
        reason text,
        details jsonb not null,
        said_at timestamptz not null,
        recorded_at timestamptz not null default now()
      );
      create index audit_record on audit (aggregate, uuid, id);
      create index audit_outcome on audit (id desc) where outcome is not null;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
