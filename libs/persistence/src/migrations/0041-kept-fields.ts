import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a site, in one of its lives, was seen to keep when it was written: what is not read back there later was taken back by somebody. */
export class KeptFields1763900000041 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table kept_field (
        site text not null references site (id),
        generation int not null,
        aggregate text not null,
        name text not null,
        primary key (site, generation, aggregate, name)
      );
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
