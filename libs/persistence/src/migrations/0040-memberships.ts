import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which patients each child holds, so that what hangs on them follows; and what of their history has been looked at for it. */
export class Memberships1763900000040 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table membership (
        link text not null,
        patient text not null,
        is_member boolean not null,
        listed text[] not null default '{}',
        listing_until timestamptz,
        changed_at timestamptz not null default now(),
        primary key (link, patient)
      );
      create index membership_to_list on membership (link) where is_member;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
