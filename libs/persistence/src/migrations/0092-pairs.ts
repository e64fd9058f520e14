import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which aliases a person has given by accepting a pair, on which link, and who. */
export class Pairs1764300000092 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table alias add column accepted_on text, add column accepted_by text`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
