import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is held is counted by its cause without a look at what has ended; and what people did to it, with what they wrote, which is sealed. */
export class WhatIsHeld1764600000145 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index job_held on job (held_at, id) where state in ('waiting', 'parked');
      create index change_held on change (held_at, id) where state = 'parked';

      alter table job add column acts int not null default 0;
      alter table change add column acts int not null default 0;
      create table held_act (
        id uuid primary key,
        what text not null,
        by text not null,
        sealed bytea,
        at timestamptz not null default now()
      );
      create table held_act_on (
        act_id uuid not null references held_act (id),
        subject_id uuid not null,
        primary key (subject_id, act_id)
      );
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
