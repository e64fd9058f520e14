import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Since when a patient is followed, and under which act it is kept why. */
export class FollowedSince1764500000173 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table followed add column since timestamptz not null default now(), add column act_id uuid`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
