import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Records that a link keeps at their site by what it excludes, so that what refers to one stays with it, and is looked at again when it may go. */
export class Exclusions1764400000060 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table exclusion (
        link text not null,
        direction text not null,
        aggregate text not null,
        uuid text not null,
        refers_to text[] not null default '{}',
        primary key (link, direction, aggregate, uuid)
      );
      create index exclusion_by_reference on exclusion using gin (refers_to);
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
