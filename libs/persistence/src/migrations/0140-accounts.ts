import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who may use the console. Of passwords, sessions, tokens and browsers only digests are kept; what failed to sign in is counted by whom it named and from where it came. */
export class Accounts1764500000140 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table account (
        id uuid primary key,
        name text not null,
        name_key text not null unique,
        role text not null check (role in ('viewer', 'operator', 'resolver', 'administrator')),
        password_hash text not null,
        must_change_password boolean not null default true,
        disabled_at timestamptz,
        made_by text not null,
        made_at timestamptz not null default now(),
        last_sign_in_at timestamptz
      );

      create table account_session (
        digest bytea primary key,
        account_id uuid not null references account (id),
        begun_at timestamptz not null default now(),
        seen_at timestamptz not null default now()
      );
      create index account_session_of on account_session (account_id);

      create table api_token (
        id uuid primary key,
        account_id uuid not null references account (id),
        name text not null,
        digest bytea not null unique,
        scope text[] not null,
        made_by text not null,
        made_at timestamptz not null default now(),
        expires_at timestamptz not null,
        last_used_at timestamptz,
        revoked_by text,
        revoked_at timestamptz,
        check ((revoked_by is null) = (revoked_at is null))
      );
      create index api_token_of on api_token (account_id);

      create table known_browser (
        digest bytea not null,
        account_id uuid not null references account (id),
        seen_at timestamptz not null default now(),
        primary key (digest, account_id)
      );

      create table sign_in_attempt (
        whom text not null,
        from_where text not null,
        tries int not null,
        tried_at timestamptz not null default now(),
        wait_until timestamptz not null default now(),
        primary key (whom, from_where)
      );
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
