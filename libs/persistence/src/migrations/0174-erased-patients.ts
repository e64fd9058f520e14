import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Of which patients nothing is stored any more, and where each record of theirs stood, by ids alone: for when they are met anew. */
export class ErasedPatients1764500000174 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table patient_stop add column erased_at timestamptz;
      create table erased_record (
        patient text not null,
        site text not null,
        aggregate text not null,
        uuid text not null,
        primary key (patient, site, aggregate, uuid)
      );
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
