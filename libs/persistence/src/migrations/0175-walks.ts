import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What goes along with what is said of a change: the walk that it belongs to, and what the step came to. An audit row has both in its details, so that rows made before are hashed as they were; they are left
 * out of the words that rows are found by, which no row made before had.
 */
export class Walks1764500000175 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table change add column trace uuid;
      alter table job add column trace uuid, add column version_before text, add column version_after text;
      create index job_open_of on job (uuid, source) where state <> 'ended';
      alter table outbox add column about jsonb;
    `);
    await runner.query(`
      create or replace function audit_words(outcome text, reason text, details jsonb) returns tsvector language sql immutable parallel safe
        return to_tsvector('simple', left(coalesce(outcome, '') || ' ' || coalesce(reason, '') || ' '
          || (details - array['record', 'jobId', 'changeId', 'conflictId', 'answerId', 'ruleId', 'snapshot', 'patient', 'round', 'site', 'link',
            'trace', 'step', 'versionRead', 'versionBefore', 'versionAfter'])::text, 100000));
    `);
    for (const table of ['audit', 'received_audit'])
      await runner.query(`create index ${table}_trace on ${table} (left(details ->> 'trace', 200)) where left(details ->> 'trace', 200) is not null`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
