import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whom a provider vouches for: by what it knows them. They have no password here. */
export class Identities1764500000160 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table account alter column password_hash drop not null;

      create table account_identity (
        issuer text not null,
        subject text not null,
        account_id uuid not null unique references account (id),
        primary key (issuer, subject)
      );
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
