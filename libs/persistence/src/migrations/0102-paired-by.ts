import type { MigrationInterface, QueryRunner } from 'typeorm';

/** By what a piece of metadata and another one under another uuid are known to be perhaps one. */
export class PairedBy1764500000102 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table metadata_drift add column paired_by text;
      update metadata_drift set paired_by = 'name' where found = 'other-uuid';
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
