import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What hangs on a patient who was merged into another is found by her: it goes on when she has moved at either end. */
export class MergedAway1764500000118 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create index job_merged_away on job ((details ->> 'holder')) where state = 'conflict' and reason = 'merged-away'`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
