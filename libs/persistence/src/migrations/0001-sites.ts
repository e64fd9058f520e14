import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sites with their circuit and generation, feeds with their markers, aliases, and which instance runs a link. */
export class Sites1763900000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table installation (
        id uuid primary key default gen_random_uuid(),
        only_one boolean not null default true unique check (only_one)
      );
      insert into installation default values;
      create table site (
        id text primary key,
        state text not null default 'joining' check (state in ('joining', 'up', 'down', 'locked-out', 'quarantined')),
        state_since timestamptz not null default now(),
        state_reason text,
        generation int not null default 1,
        capabilities jsonb,
        probed_at timestamptz,
        last_up_at timestamptz,
        next_probe_at timestamptz not null default now(),
        probe_holder text,
        added_at timestamptz not null default now()
      );
      create table feed_marker (
        site text not null references site (id),
        category text not null,
        generation int not null,
        position jsonb,
        finding text,
        entries bigint not null default 0,
        read_at timestamptz,
        last_entry_at timestamptz,
        leased_by text,
        leased_until timestamptz,
        primary key (site, category)
      );
      create table unreadable_entry (
        site text not null,
        category text not null,
        entry_id text not null,
        reason text not null,
        seen_at timestamptz not null default now(),
        primary key (site, category, entry_id)
      );
      create table alias (
        site text not null,
        aggregate text not null,
        uuid text not null,
        local_uuid text not null,
        remembered_at timestamptz not null default now(),
        primary key (site, aggregate, uuid),
        unique (site, aggregate, local_uuid)
      );
      create table link_engine (
        link text primary key,
        instance text not null,
        claimed_until timestamptz not null,
        refused_because text
      );
      create table configuration_version (
        digest text primary key,
        instance text not null,
        content text not null,
        loaded_at timestamptz not null default now()
      );
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
