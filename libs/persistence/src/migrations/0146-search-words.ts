import type { MigrationInterface, QueryRunner } from 'typeorm';

/** By what a person is found at this instance: keyed digests of identifiers and of words of names, as each site was last read. */
export class SearchWords1764600000146 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table search_word (
        site text not null,
        uuid text not null,
        word text not null,
        primary key (site, uuid, word)
      );
      create index search_word_of on search_word (word, uuid);
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
