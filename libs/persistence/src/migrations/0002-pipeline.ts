import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What moves: snapshots, changes, jobs, agreements, intents, claims, waiters. */
export class Pipeline1763900000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table snapshot (
        id uuid primary key,
        site text not null,
        aggregate text not null,
        uuid text not null,
        generation int not null,
        shape int not null,
        content_hash text not null,
        sealed bytea not null,
        taken_at timestamptz not null default now()
      );
      create index snapshot_taken on snapshot (taken_at);

      create table change (
        id uuid primary key,
        site text not null,
        aggregate text not null,
        uuid text not null,
        state text not null default 'open' check (state in ('open', 'parked', 'ended')),
        round int not null default 1,
        look_again int not null default 0,
        looked int not null default 0,
        deleted_entry boolean not null default false,
        on_behalf boolean not null default false,
        forced boolean not null default false,
        read_at_revisions jsonb,
        read_at_generations jsonb,
        ended_as text,
        reason text,
        code text,
        opened_at timestamptz not null default now(),
        held_at timestamptz,
        ended_at timestamptz
      );
      create unique index one_open_change on change (site, aggregate, uuid) where state <> 'ended';
      create index change_ended on change (ended_at) where state = 'ended';

      create table job (
        id uuid primary key,
        link text not null,
        direction text not null check (direction in ('pull', 'push')),
        source text not null,
        target text not null,
        aggregate text not null,
        uuid text not null,
        category text not null,
        state text not null default 'ready' check (state in ('ready', 'looking', 'waiting', 'conflict', 'parked', 'ended')),
        round int not null default 1,
        look_again int not null default 0,
        looked int not null default 0,
        source_snapshot uuid references snapshot (id),
        target_snapshot uuid references snapshot (id),
        source_hash text not null,
        target_hash text,
        marked_hash text,
        read_at_revision int not null,
        source_generation int not null,
        target_generation int not null,
        outcome text,
        reason text,
        code text,
        details jsonb not null default '{}',
        written text[] not null default '{}',
        lost text[] not null default '{}',
        opened_at timestamptz not null default now(),
        held_at timestamptz,
        woken_at timestamptz,
        ended_at timestamptz,
        check ((state = 'ended') = (outcome is not null)),
        check (state = 'ended' or source_snapshot is not null)
      );
      create unique index one_open_job on job (link, direction, aggregate, uuid) where state <> 'ended';
      create index job_ended on job (ended_at desc) where state = 'ended';
      create index job_source_snapshot on job (source_snapshot);
      create index job_target_snapshot on job (target_snapshot);

      create table agreement (
        link text not null,
        aggregate text not null,
        uuid text not null,
        revision int not null,
        shape int not null,
        sealed bytea not null,
        last_direction text,
        alternations int not null default 0,
        alternating_fields text,
        parent_generation int not null,
        child_generation int not null,
        parent_past text[] not null,
        child_past text[] not null,
        agreed_at timestamptz not null default now(),
        primary key (link, aggregate, uuid)
      );

      create table intent (
        id uuid primary key,
        job_id uuid not null references job (id),
        link text not null,
        site text not null,
        aggregate text not null,
        uuid text not null,
        sealed bytea not null,
        longest_request_ms int not null,
        committed_at timestamptz not null default now(),
        settled_at timestamptz,
        settled_as text
      );
      create index open_intent on intent (aggregate, uuid) where settled_at is null;
      create index intent_job on intent (job_id);

      create table claim (
        site text not null,
        aggregate text not null,
        uuid text not null,
        holder text not null,
        message_id text not null,
        until timestamptz not null,
        crashes int not null default 0,
        primary key (site, aggregate, uuid)
      );
      create index claim_holder on claim (holder);

      create table waiter (
        job_id uuid not null references job (id),
        target text not null,
        resource text not null,
        uuid text not null,
        aggregate text,
        blocked_by text,
        since timestamptz not null default now(),
        primary key (job_id, resource, uuid)
      );
      create index waiter_for on waiter (target, aggregate, uuid);
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
