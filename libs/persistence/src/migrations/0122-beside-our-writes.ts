import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a site was read and written by its own clock, by how many requests, and when it told of the record since: so that an edit that our write overwrote is seen. */
export class BesideOurWrites1764500000122 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table intent add column site_read_at timestamptz, add column site_wrote_at timestamptz, add column requests int,
        add column told timestamptz[] not null default '{}', add column is_judged boolean not null default false;
      create index intent_lately on intent (aggregate, uuid, committed_at);
      alter table conflict add column overwritten text[];
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
