import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * By which configuration each running process goes, so that nothing is done by a new one before all do; what the writes of a link go by; sites and
 * links that were taken out of it, and since when.
 */
export class ConfigurationInForce1764300000087 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table running_process (
        id uuid primary key,
        services text[] not null,
        settings text not null,
        adopted_at timestamptz not null default now(),
        seen_at timestamptz not null default now(),
        refused_code text,
        refused_because text[] not null default '{}',
        refused_at timestamptz
      );
      create table left_link (
        link text primary key,
        left_at timestamptz not null default now(),
        ended int not null default 0
      );
      alter table route_rules add column writes_by text not null default '';
      alter table site
        add column joined_at timestamptz not null default now(),
        add column left_at timestamptz,
        add column login_is_new boolean not null default false;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
