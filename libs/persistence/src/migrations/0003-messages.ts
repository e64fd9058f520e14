import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The outbox remembers what was said, the inbox what each stage has settled; between them the bus may forget. */
export class Messages1763900000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table outbox (
        message_id text primary key,
        type text not null,
        site text not null,
        payload jsonb not null,
        correlation_id text not null,
        consumers text[] not null,
        said_at timestamptz not null default now(),
        sent_at timestamptz
      );
      create index outbox_said on outbox (said_at);

      create table inbox (
        stage text not null,
        message_id text not null,
        settled_at timestamptz,
        attempts int not null default 0,
        not_before timestamptz,
        code text,
        primary key (message_id, stage)
      );
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
