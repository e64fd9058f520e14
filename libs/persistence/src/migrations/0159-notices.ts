import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people are told of, and the messages that tell them: a restart repeats none. */
export class Notices1764500000159 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table situation (
        key text primary key,
        occurrence uuid not null,
        kind text not null,
        site text,
        link text,
        direction text,
        since timestamptz not null,
        count int not null,
        noticed_at timestamptz not null default now(),
        gone_since timestamptz,
        cleared_at timestamptz
      );
      create table notice (
        id uuid primary key default gen_random_uuid(),
        channel text not null,
        what text not null check (what in ('began', 'cleared')),
        occurrence uuid not null,
        said jsonb not null,
        state text not null default 'waiting' check (state in ('waiting', 'sent', 'gave-up', 'cancelled')),
        attempts int not null default 0,
        code text,
        made_at timestamptz not null default clock_timestamp(),
        next_at timestamptz not null default now(),
        claimed_until timestamptz,
        settled_at timestamptz,
        unique (occurrence, what, channel),
        check ((state = 'waiting') = (settled_at is null))
      );
      create index notice_waiting on notice (channel, made_at) where state = 'waiting';
      create index notice_settled on notice (channel, settled_at) where state <> 'waiting';
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
