import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is held at other instances, what people here asked of it, and what was fetched of that by the instance that it is for. */
export class HeldElsewhere1764600000179 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table received_work (
        origin text primary key,
        run uuid not null,
        number int not null,
        heard_at timestamptz not null default now(),
        told_at timestamptz not null,
        takes_acts boolean not null,
        away jsonb not null,
        held_digest text,
        held_as_of timestamptz,
        sealed bytea
      );

      create table received_held_act (
        id uuid primary key,
        origin text not null,
        what text not null,
        held_group text not null,
        held_id uuid,
        seen_at timestamptz not null,
        sealed bytea not null,
        made_by text not null,
        made_at timestamptz not null default now(),
        sent_at timestamptz,
        ended_at timestamptz,
        ended_as text,
        counts jsonb
      );
      create index received_held_act_open on received_held_act (origin, made_at) where ended_at is null;
      create index received_held_act_made on received_held_act (made_at);

      create table fetched_held_act (
        id uuid primary key,
        ended_as text,
        counts jsonb,
        fetched_at timestamptz not null default now(),
        known_at timestamptz
      );
      create index fetched_held_act_untold on fetched_held_act (fetched_at) where known_at is null;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
