import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What was put off and is not settled: few rows among many, asked for every second. Rows that are written to again and again leave room
 * for their next version on their own page, so that no index has to hear of it.
 */
export class WhatABurstCosts1764300000042 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index inbox_put_off on inbox (not_before) where settled_at is null;
      alter table outbox set (fillfactor = 60);
      alter table change set (fillfactor = 60);
      alter table job set (fillfactor = 60);
      alter table agreement set (fillfactor = 80);
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
