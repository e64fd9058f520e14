import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * By which rules each service admits records on a route, by which its source was last looked through, and what of it is still to be
 * looked at. What was known before this stands in no list yet: it is looked through once.
 */
export class RulesInForce1764300000043 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table route_rules (
        link text not null,
        direction text not null check (direction in ('pull', 'push')),
        service text not null,
        digest text not null,
        noted_at timestamptz not null default now(),
        primary key (link, direction, service)
      );
      create table route_listed (
        link text not null,
        direction text not null check (direction in ('pull', 'push')),
        digest text not null,
        listed_at timestamptz not null default now(),
        primary key (link, direction)
      );
      create table route_to_look_at (
        link text not null,
        direction text not null,
        aggregate text not null,
        uuid text not null,
        primary key (link, direction, aggregate, uuid)
      );
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
