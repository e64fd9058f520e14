import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which place a site has in which other one, for catchments that go by places, and who waits to know it of one. */
export class Places1764300000044 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table place (
        site text not null,
        uuid text not null,
        above text,
        primary key (site, uuid)
      );
      create table place_sought (
        site text not null,
        place text not null,
        aggregate text not null,
        uuid text not null,
        primary key (site, place, aggregate, uuid)
      );
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
