import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the configuration file has said, one version after the other: who changed it, when, from where, and at which places. The text and the reason are sealed. */
export class ConfigurationVersions1764500000163 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table configuration_kept (
        version int primary key,
        digest text not null,
        says text not null,
        sealed bytea not null,
        origin text not null check (origin in ('first', 'console', 'command-line', 'roll-back', 'file')),
        by_whom text,
        of_version int,
        paths text[] not null default '{}',
        noted_at timestamptz not null default now(),
        check ((of_version is not null) = (origin = 'roll-back'))
      );
      create index configuration_kept_digest on configuration_kept (digest);
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
