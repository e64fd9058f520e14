import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When looks first found what they found edited, by keyed digests: what `newest` goes by. */
export class Sights1764500000114 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table job add column source_sights jsonb not null default '{}'`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
