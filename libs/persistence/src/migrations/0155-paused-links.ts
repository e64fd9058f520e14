import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Directions of links that a person has paused, or lets run dry; and what people did to links, with what they wrote, which is sealed. */
export class PausedLinks1764500000155 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table link_act (
        id uuid primary key,
        link text not null,
        direction text not null,
        what text not null,
        by text not null,
        sealed bytea,
        at timestamptz not null default now()
      );
      create index link_act_of on link_act (link, at);
      create table link_pause (
        link text not null,
        direction text not null,
        how text not null,
        since timestamptz not null default now(),
        by text not null,
        act_id uuid not null references link_act (id),
        primary key (link, direction)
      );
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
