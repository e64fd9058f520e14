import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a link that is only observed would write is found by its link, and a possible duplicate by the patient who holds its identifier. */
export class WhatIsParkedWhy1763900000016 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create index job_parked on job (reason, link) where state = 'parked'`);
    await runner.query(`create index job_rival on job (target, (details ->> 'holder')) where state = 'parked' and reason = 'possible-duplicate'`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
