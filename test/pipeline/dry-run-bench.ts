import type { ManualRun, RecordRef } from '@sync-hub/contracts';
import type { Pipeline } from '@sync-hub/runtime/testing';

type Asked = Pick<Pipeline, 'query'>;

/** What each word of a dry run is called once it has happened. */
const AS_HAPPENED: Readonly<Record<string, string>> = {
  'would-create': 'written',
  'would-update': 'written',
  'would-restore': 'written',
  'would-void': 'written',
  'would-follow': 'written',
  'in-step': 'equal',
  'would-ask': 'asked',
  'would-wait': 'waits',
  'not-admitted': 'not admitted',
  'cannot-be-read': 'not there',
  pushed: 'written',
  'as-agreed': 'equal',
  filtered: 'not admitted',
  conflict: 'asked',
  waiting: 'waits',
  absent: 'not there',
};

type Counts = Readonly<Record<string, Readonly<Record<string, number>>>>;

function counted({ categories }: ManualRun): Counts {
  return Object.fromEntries(
    categories.map(({ category, became }) => {
      const counts: Record<string, number> = {};
      for (const { as, reason, records } of became) {
        const word = as === 'would-be-held' || as === 'parked' ? `held: ${reason}` : (AS_HAPPENED[as] ?? as);
        counts[word] = (counts[word] ?? 0) + records;
      }
      return [category, counts];
    }),
  );
}

/** How many of each category a dry run says would be written, asked about, held, and so on. */
export const foreseen = counted;

/**
 * The same of a run that has written. What a patient of the run brought along with her history, before the run came to look at it, was written for the run all the same.
 */
export async function happened({ query }: Asked, run: ManualRun): Promise<Counts> {
  const before = await query<{ category: string; records: number }>(
    `select category, count(*)::int as records from manual_run_record as record where run = $1 and became in ('in-step', 'as-agreed') and exists (
       select from job where job.link = $2 and job.direction = $3 and (job.aggregate, job.uuid) = (record.aggregate, record.uuid) and outcome = 'pushed' and ended_at >= $4) group by category`,
    [run.id, run.link, run.direction, run.askedAt],
  );
  const all = counted(run);
  return Object.fromEntries(
    Object.entries(all).map(([category, { equal = 0, written = 0, ...others }]) => {
      const early = before.find((one) => one.category === category)?.records ?? 0;
      const counts = { ...others, equal: equal - early, written: written + early };
      return [category, Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0))];
    }),
  );
}

/** They were heard of at the site once, so that a run lists them; nothing is to be looked at. */
export async function noteKnown({ query }: Asked, site: string, records: readonly (readonly [RecordRef['aggregate'], string])[]): Promise<void> {
  for (const [aggregate, uuid] of records)
    await query(
      `insert into change (id, site, aggregate, uuid, state, ended_as, ended_at) values (gen_random_uuid(), $1, $2, $3, 'ended', 'as-agreed', now())`,
      [site, aggregate, uuid],
    );
}

/** Tables that say that processes live, that a run goes on, and what was told of it. */
const MOVING = /^(manual_run|audit|outbox|inbox|running_process|site$|engine|migrations|feed_marker|claim)/;

/** A digest of every row that holds anything of records, by table. */
export async function everyRow({ query }: Asked): Promise<Readonly<Record<string, string>>> {
  const tables = await query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = current_schema() and table_type = 'BASE TABLE' order by table_name`,
  );
  const digests: [string, string][] = [];
  for (const { name } of tables.filter((one) => !MOVING.test(one.name))) {
    const [row] = await query<{ digest: string }>(
      `select count(*) || ' ' || coalesce(md5(string_agg(t::text, ',' order by t::text)), '') as digest from "${name}" as t`,
    );
    digests.push([name, row?.digest ?? '']);
  }
  return Object.fromEntries(digests);
}
