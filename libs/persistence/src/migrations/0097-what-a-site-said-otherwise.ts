import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a site said of itself otherwise than the time before, and when: for people, who look for what an upgrade has changed. */
export class WhatASiteSaidOtherwise1764500000097 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table site add column changes jsonb, add column changed_at timestamptz`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
