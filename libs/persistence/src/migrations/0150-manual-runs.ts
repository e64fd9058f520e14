import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Routes that people have looked through by hand, and what became of each record; and looks that wake the jobs of some links alone. */
export class ManualRuns1764500000150 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table change add column forced_on text[] not null default '{}';
      create table manual_run (
        id uuid primary key,
        link text not null,
        direction text not null check (direction in ('pull', 'push')),
        source text not null,
        target text not null,
        scope jsonb not null,
        not_listed jsonb not null default '[]',
        state text not null default 'listing' check (state in ('listing', 'looking', 'ended', 'cancelled')),
        asked_by text not null,
        asked_at timestamptz not null default now(),
        ended_at timestamptz,
        check ((ended_at is null) = (state in ('listing', 'looking')))
      );
      create unique index one_manual_run_a_route on manual_run (link, direction) where ended_at is null;
      create index manual_run_asked on manual_run (asked_at desc);
      create table manual_run_patient (
        run uuid not null references manual_run (id) on delete cascade,
        uuid text not null,
        primary key (run, uuid)
      );
      create table manual_run_record (
        run uuid not null references manual_run (id) on delete cascade,
        aggregate text not null,
        uuid text not null,
        category text not null,
        place int not null,
        state text not null default 'listed' check (state in ('listed', 'looking', 'ended')),
        looked_at timestamptz,
        became text,
        reason text,
        primary key (run, aggregate, uuid),
        check ((became is not null) = (state = 'ended'))
      );
      create index manual_run_record_open on manual_run_record (run, state, place, uuid) where state <> 'ended';
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
