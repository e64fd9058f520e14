import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a site was last asked what it is and can, and how often that has changed: whoever remembers an earlier answer forgets it. */
export class WhatASiteCan1764300000045 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table site add column learned_at timestamptz, add column capability_revision int not null default 0`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
