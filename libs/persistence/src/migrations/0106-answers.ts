import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The life of a conflict: who has it, what people answered, and what became of it. A note, and an answer, may hold patient data. */
export class Answers1764500000106 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table conflict add column owner text, add column answer uuid, add column answered_revision int not null default 0;
      create index conflict_open on conflict (opened_at, id) where closed_at is null;
      create index conflict_of_record on conflict (link, aggregate, uuid, opened_at);

      create table conflict_answer (
        id uuid primary key,
        conflict_id uuid not null references conflict (id),
        number int not null,
        version int not null,
        sealed bytea not null,
        fields text[] not null,
        takes text,
        answered_by text not null,
        answered_at timestamptz not null default now(),
        ended_at timestamptz,
        ended_as text,
        unique (conflict_id, number)
      );

      create table conflict_note (
        id bigint generated always as identity primary key,
        conflict_id uuid not null references conflict (id),
        what text not null,
        by text,
        sealed bytea,
        at timestamptz not null default now()
      );
      create index conflict_note_of on conflict_note (conflict_id, id);
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
