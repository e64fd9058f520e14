import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How far the audit of this instance was shipped, and to whom; and the audit of others that was received here, which is never shipped on. */
export class ShippedAudit1764500000104 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table audit_shipping (
        url text primary key,
        shipped_to bigint not null default 0,
        heard_at timestamptz,
        failing_since timestamptz,
        code text
      );

      create table audit_not_taken (
        url text not null,
        id bigint not null,
        path text not null,
        tried_at timestamptz not null default now(),
        primary key (url, id)
      );

      create table received_audit (
        id bigint generated always as identity primary key,
        origin text not null,
        message_id text not null,
        type text not null,
        site text not null,
        link text,
        aggregate text,
        uuid text,
        correlation_id text not null,
        outcome text,
        reason text,
        details jsonb not null,
        said_at timestamptz not null,
        recorded_at timestamptz not null,
        received_at timestamptz not null default now(),
        unique (origin, message_id, recorded_at)
      );

      create table audit_origin (
        origin text primary key,
        heard_at timestamptz not null,
        taken bigint not null default 0,
        waiting int not null,
        waiting_since timestamptz,
        not_taken int not null
      );
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
