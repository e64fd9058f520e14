import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a site takes from us of no record of a class, once for all records that wait for it. Every site is asked anew what it can, so that what is known at once is there at once. */
export class ClosedClasses1764500000096 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table closed_class (
        site text not null references site (id),
        key text not null,
        class text not null,
        does text not null check (does in ('look', 'read', 'write', 'make', 'change', 'void', 'restore')),
        code text not null check (code in ('unsupported', 'not-allowed')),
        privilege text,
        because text not null,
        witness uuid,
        since timestamptz not null default now(),
        tried_at timestamptz not null default now(),
        primary key (site, key),
        check ((code = 'not-allowed') = (witness is not null and privilege is not null))
      );
      create index closed_class_witness on closed_class (witness);
      create index job_class_closed on job (target, (details ->> 'closed')) where state = 'parked' and reason = 'class-closed';
      create index change_class_closed on change (site, (details ->> 'closed')) where state = 'parked' and reason = 'class-closed';
      update site set learned_at = null;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
