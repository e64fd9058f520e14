import type { Aggregate, Direction, HeldFilter, HeldWhy, LinkId, SiteId } from '@sync-hub/contracts';

/** Something held, as the statements below tell it. */
export interface HeldRow {
  readonly kind: 'job' | 'change';
  readonly id: string;
  readonly link: LinkId | null;
  readonly direction: Direction | null;
  readonly source: SiteId | null;
  readonly site: SiteId;
  readonly category: string;
  readonly aggregate: Aggregate;
  readonly uuid: string;
  readonly why: HeldWhy;
  readonly code: string;
  /** What is missing or stumbled over. */
  readonly names: readonly string[];
  readonly held_at: Date;
  readonly opened_at: Date;
  readonly source_snapshot: string | null;
}

/** What the details name. Of what is waited for only the kind: each may wait for another, and all of them for the same reason. */
const NAMES = `case
    when jsonb_typeof(details -> 'missing') = 'array' then details -> 'missing'
    when reason = 'patient-stopped' then jsonb_build_array('person/' || coalesce(details ->> 'patient', ''))
    when details ? 'privilege' then jsonb_build_array('privilege/' || (details ->> 'privilege'))
    when details ? 'validator' then jsonb_build_array('validator/' || (details ->> 'validator'))
    when reason = 'possible-duplicate' then jsonb_build_array('patientidentifiertype/' || coalesce(details ->> 'identifierType', ''))
    when jsonb_typeof(details -> 'fields') = 'array' then details -> 'fields'
    else '[]'::jsonb end`;

/** What is held, conflicts left out. What a job waits for is told by what blocks that. */
export const HELD_JOBS_AND_CHANGES = `
  select 'job' as kind, id, link, direction, source, target as site, category, aggregate, uuid, case state when 'waiting' then state else reason end as why,
    coalesce(case state when 'waiting' then details ->> 'blockedBy' end, code, '') as code,
    case state when 'waiting' then jsonb_build_array(split_part(coalesce(details -> 'missing' ->> 0, ''), '/', 1)) else ${NAMES} end as names,
    held_at, opened_at, source_snapshot
  from job where state in ('waiting', 'parked')
  union all
  select 'change', id, null, null, null, site, aggregate, aggregate, uuid, reason, coalesce(code, ''), ${NAMES}, held_at, opened_at, null
  from change where state = 'parked'`;

/** What is of a patient who is stopped is held for her, wherever it goes and whatever it is. */
const FOLDED = ['kind', 'link', 'direction', 'site', 'category'] as const;

/** The columns of a cause, as what is held for just the same has them alike. */
export const CAUSE = `kind, why, code, names, ${['link', 'direction', 'source'].map((column) => `case when why <> 'patient-stopped' then ${column} end as ${column}`).join(', ')},
  case when why <> 'patient-stopped' then site end as only_site, site, case when why = 'patient-stopped' then 'patient' else category end as category`;

/** What is held for just the same has the same. */
export const GROUP_OF = (row: string): string => {
  const wherever = FOLDED.map((column) => `coalesce(case when ${row}.why <> 'patient-stopped' then ${row}.${column}::text end, '-')`);
  return `md5(concat_ws(' ', ${[...wherever, ...['why', 'code', 'names'].map((column) => `coalesce(${row}.${column}::text, '-')`)].join(', ')}))`;
};

/** What is held and fits; with `filterParameters`. What is only observed needs nobody, and is told where it is asked for. */
export const FOUND = `select * from (${HELD_JOBS_AND_CHANGES}) as held
  where ($1::text is null or link = $1) and ($2::text is null or site = $2) and ($3::text is null or category = $3) and ($4::text is null or why = $4)
    and ($5::text is null or code = $5) and ($6::text is null or ${GROUP_OF('held')} = $6) and ($4 = 'observed' or $6 is not null or why <> 'observed')`;

export const filterParameters = ({ link, site, category, why, code, group }: HeldFilter): readonly unknown[] => [
  link ?? null,
  site ?? null,
  category ?? null,
  why ?? null,
  code ?? null,
  group ?? null,
];

/** Those of these ids that are held, with the group that each is in now. */
export const HELD_OF_IDS = `select held.*, ${GROUP_OF('held')} as "group" from (${HELD_JOBS_AND_CHANGES}) as held where id = any($1::uuid[])`;
