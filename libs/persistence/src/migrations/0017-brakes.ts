import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A link that is paused because too much was to be voided on it, and what was voided, to be counted. */
export class Brakes1763900000017 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table link_brake (
        link text primary key,
        braked_at timestamptz,
        reason text,
        category text,
        voids int,
        times int not null default 0,
        released_at timestamptz,
        released_by text
      );
      create table link_void (
        link text not null,
        job_id uuid not null,
        aggregate text not null,
        voided_at timestamptz not null default now(),
        primary key (link, job_id)
      );
      create index link_void_at on link_void (link, voided_at);
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
