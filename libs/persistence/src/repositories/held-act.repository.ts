import { type Aggregate, HeldActed, type HeldDeed, type HeldOutcome } from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import { newId } from '../database.js';
import { lockRecords } from '../record-locks.js';
import type { Vault } from '../vault.js';
import type { ChangeRepository } from './change.repository.js';
import { heldActContext } from './held.repository.js';
import { HELD_OF_IDS, type HeldRow } from './held-rows.js';
import type { JobRepository } from './job.repository.js';
import { jobsLookingAt, layAside } from './lay-aside.js';

/** What a person looked at: by id, and for what it was held then. Without a group it may be held for anything. */
export interface Looked {
  readonly id: string;
  readonly group: string | null;
}

/** An act of a person, whatever number of things it is done to. */
export interface BegunAct extends HeldDeed {
  readonly id: string;
}

interface Candidate extends HeldRow {
  readonly group: string;
}

interface Standing {
  readonly moving: ReadonlySet<string>;
  readonly inConflict: ReadonlySet<string>;
}

/** What goes by itself when a link goes live, a class opens or a patient goes on: to put one aside would take it from those it goes with. */
const GOES_WITH_OTHERS: ReadonlySet<string> = new Set(['observed', 'class-closed', 'patient-stopped']);

/** What people do to what is held: a look anew, an end, or laid aside. Each is done once, under its record's lock, to what is held still as it was looked at. */
export class HeldActRepository {
  constructor(
    private readonly vault: Vault,
    private readonly changes: ChangeRepository,
    private readonly jobs: JobRepository,
  ) {}

  /** Keeps who does what and why; what they wrote is sealed. An act that was begun before, under that id, goes on. */
  async begin(tx: Tx, deed: HeldDeed, id = newId()): Promise<BegunAct> {
    const sealed = deed.reason === undefined || deed.reason === '' ? null : this.vault.seal(deed.reason, heldActContext(id));
    await tx.query(`insert into held_act (id, what, by, sealed) values ($1, $2, $3, $4) on conflict (id) do nothing`, [id, deed.what, deed.by, sealed]);
    return { ...deed, id };
  }

  /** What that act was done to so far. */
  async doneTo(tx: Tx, actId: string): Promise<readonly string[]> {
    return (await tx.query<{ id: string }>(`select subject_id as id from held_act_on where act_id = $1`, [actId])).map(({ id }) => id);
  }

  /** What became of each. */
  async act(tx: Tx, act: BegunAct, looked: readonly Looked[]): Promise<ReadonlyMap<string, HeldOutcome>> {
    const ids = looked.map(({ id }) => id);
    await lockRecords(tx, await recordsOf(tx, ids));
    const groups = new Map(looked.map(({ id, group }) => [id, group]));
    const held = (await tx.query<Candidate>(HELD_OF_IDS, [ids])).filter(({ id, group }) => (groups.get(id) ?? group) === group);
    const outcomes = new Map<string, HeldOutcome>(ids.map((id) => [id, 'gone']));
    const may = act.what === 'redriven' ? held : await this.mayEnd(tx, held, act, outcomes);
    for (const id of await this.carryOut(tx, act, may)) outcomes.set(id, 'done');
    if (act.what === 'parked') for (const id of await this.stopRunning(tx, act, looked)) outcomes.set(id, 'done');
    return outcomes;
  }

  /** Nothing that is looked at now, or about to be: it would end here, and begin anew by that look. */
  private async mayEnd(tx: Tx, held: readonly Candidate[], { what }: BegunAct, outcomes: Map<string, HeldOutcome>): Promise<readonly Candidate[]> {
    const fit = held.filter(({ why, kind }) => !GOES_WITH_OTHERS.has(why) && (what === 'discarded' || kind === 'job'));
    const { moving, inConflict } = await standingOf(tx, fit);
    return fit.filter(({ id }) => {
      if (moving.has(id)) outcomes.set(id, 'moving');
      else if (inConflict.has(id)) outcomes.set(id, 'conflict');
      return !moving.has(id) && !inConflict.has(id);
    });
  }

  private async carryOut(tx: Tx, act: BegunAct, rows: readonly Candidate[]): Promise<readonly string[]> {
    const done: Candidate[] = [];
    for (const row of rows) if (act.what === 'redriven' || (await this.end(tx, act.what, row))) done.push(row);
    await note(tx, act, done);
    if (act.what === 'redriven')
      await this.changes.open(
        tx,
        done.map(({ kind, source, site, aggregate, uuid }) => ({
          site: kind === 'job' && source !== null ? source : site,
          record: { aggregate, uuid },
          forced: true,
        })),
      );
    return done.map(({ id }) => id);
  }

  private async end(tx: Tx, what: 'discarded' | 'parked', { id, kind, site, aggregate, uuid }: Candidate): Promise<boolean> {
    if (what === 'parked') return layAside(tx, id);
    if (kind === 'job') return this.jobs.discard(tx, id);
    // What was sent back to be looked at would wait for ever for a look that nobody takes any more.
    if (!(await this.changes.discard(tx, id))) return false;
    for (const job of await jobsLookingAt(tx, site, { aggregate, uuid })) await this.jobs.discard(tx, job);
    return true;
  }

  /** One that is tried again and again is held by nothing yet. Not while somebody has it in hand. */
  private async stopRunning(tx: Tx, act: BegunAct, looked: readonly Looked[]): Promise<readonly string[]> {
    const ids = looked.filter(({ group }) => group === null).map(({ id }) => id);
    const running = await tx.query<HeldRow>(
      `select 'job' as kind, id, link, target as site, aggregate, uuid from job where id = any($1::uuid[]) and state = 'ready' and not exists (
         select from claim where claim.site = job.target and claim.aggregate = job.aggregate and claim.uuid = job.uuid and until > now())`,
      [ids],
    );
    const stopped: HeldRow[] = [];
    for (const row of running) if (await layAside(tx, row.id)) stopped.push(row);
    await note(tx, act, stopped);
    return stopped.map(({ id }) => id);
  }
}

async function recordsOf(tx: Tx, ids: readonly string[]) {
  return tx.query<{ aggregate: Aggregate; uuid: string }>(
    `select aggregate, uuid from job where id = any($1::uuid[]) union select aggregate, uuid from change where id = any($1::uuid[])`,
    [ids],
  );
}

async function standingOf(tx: Tx, held: readonly Candidate[]): Promise<Standing> {
  const rows = await tx.query<{ id: string; moving: boolean; conflict: boolean }>(
    `select job.id, exists (select from change where change.site = job.source and change.aggregate = job.aggregate and change.uuid = job.uuid and change.state = 'open') as moving,
       exists (select from conflict where conflict.link = job.link and conflict.aggregate = job.aggregate and conflict.uuid = job.uuid and closed_at is null) as conflict
     from job where id = any($1::uuid[])`,
    [held.map(({ id }) => id)],
  );
  const idsOf = (which: 'moving' | 'conflict') => new Set(rows.filter((row) => row[which]).map(({ id }) => id));
  return { moving: idsOf('moving'), inConflict: idsOf('conflict') };
}

type Noted = Pick<HeldRow, 'kind' | 'id' | 'link' | 'site' | 'aggregate' | 'uuid'>;

/** Says of each who did what to it. */
async function note(tx: Tx, { id: actId, what, by }: BegunAct, rows: readonly Noted[]): Promise<void> {
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return;
  await tx.query(`insert into held_act_on (act_id, subject_id) select $1, unnest($2::uuid[])`, [actId, ids]);
  const rounds = await tx.query<{ id: string; acts: number }>(
    `with jobs as (update job set acts = acts + 1 where id = any($1::uuid[]) returning id, acts),
       changes as (update change set acts = acts + 1 where id = any($1::uuid[]) returning id, acts)
     select * from jobs union all select * from changes`,
    [ids],
  );
  const roundOf = new Map(rounds.map(({ id, acts }) => [id, acts]));
  for (const { kind, id, link, site, aggregate, uuid } of rows)
    tx.say(HeldActed, id, { subject: kind, subjectId: id, actId, round: roundOf.get(id) ?? 1, record: { aggregate, uuid }, link, site, what, by });
}
