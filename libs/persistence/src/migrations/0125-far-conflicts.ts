import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Conflicts of other instances that may be answered here, what people did to them, and what was fetched of that by the instance that it is for. */
export class FarConflicts1764500000125 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table received_conflict (
        origin text not null,
        id uuid not null,
        summary jsonb not null,
        sealed bytea,
        is_wanted boolean not null default true,
        heard_at timestamptz not null default now(),
        closed_at timestamptz,
        primary key (origin, id)
      );
      create index received_conflict_id on received_conflict (id);
      create index received_conflict_open on received_conflict (origin) where closed_at is null;

      create table received_act (
        id uuid primary key,
        origin text not null,
        conflict_id uuid not null,
        does text not null,
        version int not null,
        sealed bytea not null,
        made_by text not null,
        made_at timestamptz not null default now(),
        ended_at timestamptz,
        ended_as text,
        foreign key (origin, conflict_id) references received_conflict (origin, id)
      );
      create index received_act_of on received_act (origin, conflict_id, made_at);
      create index received_act_open on received_act (origin, made_at) where ended_at is null;

      create table fetched_act (
        id uuid primary key,
        conflict_id uuid not null,
        ended_as text,
        fetched_at timestamptz not null default now(),
        known_at timestamptz
      );
      create index fetched_act_untold on fetched_act (fetched_at) where known_at is null;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
