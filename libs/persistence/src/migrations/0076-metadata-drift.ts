import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What metadata the ends of a link differ in, which of it records of the link have referred to, and what a person has asked to be pulled. */
export class MetadataDrift1764300000076 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table metadata_comparison (
        link text primary key,
        digest text not null,
        begun_at timestamptz not null default now(),
        finished_at timestamptz,
        not_compared text[] not null default '{}',
        leased_by text,
        leased_until timestamptz
      );
      create table metadata_drift (
        link text not null,
        kind text not null,
        uuid text not null,
        found text not null check (found in ('missing-at-parent', 'missing-at-child', 'other-uuid', 'differs')),
        other_uuid text,
        fields text[] not null default '{}',
        primary key (link, kind, uuid)
      );
      create table metadata_met (
        link text not null,
        kind text not null,
        uuid text not null,
        primary key (link, kind, uuid)
      );
      create table metadata_pull (
        link text not null,
        kind text not null,
        uuid text not null,
        asked_by text not null,
        asked_at timestamptz not null default now(),
        primary key (link, kind, uuid)
      );
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
