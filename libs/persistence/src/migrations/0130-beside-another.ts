import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What gave up because its target had another of the same is found by that one: it goes on when that one goes. */
export class BesideAnother1764500000130 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create index job_beside_another on job (target, (details ->> 'holder')) where state = 'parked' and reason = 'gave-up' and code = 'already-there'`,
    );
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
