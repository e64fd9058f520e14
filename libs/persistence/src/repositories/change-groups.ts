import { type RecordRef, type TraceId, traceOf } from '@sync-hub/contracts';
import type { ChangeEnd } from '@sync-hub/messaging';
import type { KindInTx } from '../ask-in-tx.js';

/** A round of a change. */
export interface RoundOf {
  readonly id: string;
  readonly round: number;
}

export const keyOf = ({ id, round }: RoundOf): string => `${id} ${round}`;

/** Rounds that are still open, of those in `parametersOf`. */
export const ROUNDS_ASKED_FOR = `select change.* from change join unnest($1::uuid[], $2::int[]) as asked (id, round) on change.id = asked.id and change.round = asked.round where state = 'open'`;
export const parametersOf = (rounds: readonly RoundOf[]): readonly unknown[] => [rounds.map(({ id }) => id), rounds.map(({ round }) => round)];

/** A change as the table has it. */
export interface ChangeRow {
  id: string;
  round: number;
  site: string;
  aggregate: RecordRef['aggregate'];
  uuid: string;
  look_again: number;
  deleted_entry: boolean;
  on_behalf: boolean;
  forced: boolean;
  forced_on: string[];
  read_at_revisions: Record<string, number> | null;
  read_at_generations: Record<string, number> | null;
  opened_at: Date;
  /** Null where it is the walk of its own. */
  trace: string | null;
}

/** A change of a record of which a job from that site is still open is one more step of that job's walk. */
export const WALK_OF_JOB = `(select job.trace from job where job.uuid = look.uuid and job.source = look.site and job.aggregate = look.aggregate and state <> 'ended' order by opened_at limit 1)`;

/** What goes along with what is said of the change. */
export const walkOf = ({ id, trace }: ChangeRow): { readonly trace: TraceId } => ({ trace: traceOf(trace ?? id) });

interface Looked extends RoundOf {
  readonly revisions: Readonly<Record<string, number>>;
  readonly generations: Readonly<Record<string, number>>;
}

/** Notes with which agreements and generations these rounds looked; answers those that are still open. */
export const LOOKED: KindInTx<Looked, RoundOf> = {
  keyOf,
  answerAll: async (tx, looks) => {
    const rows = await tx.query<RoundOf>(
      `update change set read_at_revisions = look.revisions, read_at_generations = look.generations
       from jsonb_to_recordset($1) as look (id uuid, round int, revisions jsonb, generations jsonb)
       where change.id = look.id and change.round = look.round and state = 'open' returning change.id, change.round`,
      [JSON.stringify(looks)],
    );
    return new Map(rows.map((row) => [keyOf(row), row]));
  },
};

/** Ends these rounds, those that nobody asked to look again since their look. */
export const ENDED: KindInTx<RoundOf & { readonly as: ChangeEnd }, ChangeRow> = {
  keyOf,
  answerAll: async (tx, ends) => {
    const rows = await tx.query<ChangeRow>(
      `update change set state = 'ended', ended_as = ending.ended_as, ended_at = now() from unnest($1::uuid[], $2::int[], $3::text[]) as ending (id, round, ended_as)
       where change.id = ending.id and change.round = ending.round and state = 'open' and look_again = looked returning change.*`,
      [...parametersOf(ends), ends.map((end) => end.as)],
    );
    return new Map(rows.map((row) => [keyOf(row), row]));
  },
};
