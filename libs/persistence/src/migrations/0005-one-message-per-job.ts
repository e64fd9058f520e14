import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A job that is armed anew while its message still lies unread says no second one: a dead site's queue is never longer than its open jobs. */
export class OneMessagePerJob1763900000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table job add column begun boolean not null default true, add column rearmed int not null default 0`);
    await runner.query(`alter table job alter column begun set default false`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
