import {
  type Aggregate,
  ChangeEnded,
  ChangeHeld,
  type LinkId,
  type ParkedReason,
  RecordChanged,
  type RecordRef,
  type SafeDetails,
  type SiteId,
  type TraceId,
  traceOf,
} from '@sync-hub/contracts';
import type { ChangeEnd, Tx } from '@sync-hub/messaging';
import { askInTx } from '../ask-in-tx.js';
import type { Database } from '../database.js';
import { Gathering } from '../gathering.js';
import { type ChangeRow, ENDED, keyOf, LOOKED, parametersOf, ROUNDS_ASKED_FOR, type RoundOf, WALK_OF_JOB, walkOf } from './change-groups.js';
import { fold } from './fold-looks.js';

/** A reason to look at a record at a site. */
export interface Look {
  readonly site: SiteId;
  readonly record: RecordRef;
  /** The entry said DELETED: a 404 then means gone, not missing. */
  readonly deletedEntry?: boolean;
  /** Asked for by a job that waits for this record: the agreed-skip does not apply. */
  readonly onBehalf?: boolean;
  /** Asked for by a release, a re-drive or an answer: held jobs wake whatever they saw. */
  readonly forced?: boolean;
  /** Asked for by hand on that link: the same for its jobs alone, and the agreed-skip does not apply there. */
  readonly forcedOn?: LinkId;
}

/** An open change, as its handler finds it. */
export interface OpenChange {
  readonly id: string;
  readonly record: RecordRef;
  readonly site: SiteId;
  readonly deletedEntry: boolean;
  readonly onBehalf: boolean;
  readonly forced: boolean;
  readonly forcedOn: readonly LinkId[];
  readonly readAtRevisions: Readonly<Record<string, number>>;
  readonly readAtGenerations: Readonly<Record<string, number>>;
  readonly openedAt: Date;
  /** The walk that it belongs to: its own, unless a job of its record was open when it was told of. */
  readonly trace: TraceId;
}

/** Changes: at most one open per site and record; a newcomer raises its look-again counter. Written by feed-watcher, fetch, map and the runner's settlement. */
export class ChangeRepository {
  private readonly begun = new Gathering(keyOf, (rounds: readonly RoundOf[]) => this.beginAll(rounds));
  private readonly found = new Gathering(keyOf, (rounds: readonly RoundOf[]) => this.findAll(rounds));

  constructor(private readonly database: Database) {}

  /** Opens a change for each look, or asks the open one to look again; a parked one is woken. Says `record.changed` where somebody must start. */
  async open(tx: Tx, looks: readonly Look[]): Promise<void> {
    const folded = fold(looks);
    if (folded.length === 0) return;
    const rows = await tx.query<{ id: string; site: string; aggregate: RecordRef['aggregate']; uuid: string; round: number; trace: string; started: boolean }>(
      `with look as (
         select * from jsonb_to_recordset($1) as row (id uuid, site text, aggregate text, uuid text, deleted boolean, on_behalf boolean, forced boolean, forced_on text[])
       ), parked as (
         select change.id from change join look using (site, aggregate, uuid) where change.state = 'parked'
       ), upserted as (
         insert into change as open (id, site, aggregate, uuid, deleted_entry, on_behalf, forced, forced_on, trace)
         select id, site, aggregate, uuid, deleted, on_behalf, forced, forced_on, ${WALK_OF_JOB} from look order by site, aggregate, uuid
         on conflict (site, aggregate, uuid) where state <> 'ended' do update set
           look_again = open.look_again + 1,
           round = open.round + (open.state = 'parked')::int,
           deleted_entry = open.deleted_entry or excluded.deleted_entry,
           on_behalf = open.on_behalf or excluded.on_behalf,
           forced = open.forced or excluded.forced,
           forced_on = array(select distinct unnest(open.forced_on || excluded.forced_on)),
           reason = null,
           details = '{}',
           held_at = null,
           state = 'open'
         returning id, site, aggregate, uuid, round, look_again, coalesce(trace, id) as trace
       )
       select id, site, aggregate, uuid, round, trace, (look_again = 0 or id in (select id from parked)) as started from upserted`,
      [JSON.stringify(folded)],
    );
    for (const row of rows.filter((each) => each.started)) {
      const record = { aggregate: row.aggregate, uuid: row.uuid };
      tx.say(RecordChanged, row.id, { changeId: row.id, round: row.round, record, site: row.site }, { trace: traceOf(row.trace) });
    }
  }

  /**
   * The change as it is now, if this round of it is still open; `null` for a repeat. Commits the look-again counter as seen, so it
   * is called with the claim in hand and before the site is read.
   */
  async begin(changeId: string, round: number): Promise<OpenChange | null> {
    return openChangeOf(await this.begun.ask({ id: changeId, round }));
  }

  private async beginAll(rounds: readonly RoundOf[]): Promise<ReadonlyMap<string, ChangeRow>> {
    const rows = await this.database.write<ChangeRow>(
      `with begun as (${ROUNDS_ASKED_FOR} order by change.id for update of change)
       update change set looked = change.look_again from begun where change.id = begun.id returning change.*`,
      parametersOf(rounds),
    );
    return new Map(rows.map((row) => [keyOf(row), row]));
  }

  private async findAll(rounds: readonly RoundOf[]): Promise<ReadonlyMap<string, ChangeRow>> {
    const rows = await this.database.query<ChangeRow>(ROUNDS_ASKED_FOR, parametersOf(rounds));
    return new Map(rows.map((row) => [keyOf(row), row]));
  }

  /** The change without a new look: for the mapper, which goes by what the fetcher saw. */
  async find(changeId: string, round: number): Promise<OpenChange | null> {
    return openChangeOf(await this.found.ask({ id: changeId, round }));
  }

  /** Notes which agreements and generations this round looked with. False when the round is no longer the open one. */
  async looked(
    tx: Tx,
    change: OpenChange,
    round: number,
    readAt: { readonly revisions: Readonly<Record<string, number>>; readonly generations: Readonly<Record<string, number>> },
  ): Promise<boolean> {
    return (await askInTx(tx, LOOKED, { id: change.id, round, revisions: readAt.revisions, generations: readAt.generations })) !== undefined;
  }

  /** Ends the change, unless somebody asked to look again since the look: then another round begins. */
  async end(
    tx: Tx,
    changeId: string,
    round: number,
    end: { readonly as: ChangeEnd; readonly opened: number; readonly notAdmitted: readonly string[] },
  ): Promise<void> {
    const ended = await askInTx(tx, ENDED, { id: changeId, round, as: end.as });
    if (ended !== undefined) {
      const record = { aggregate: ended.aggregate, uuid: ended.uuid };
      tx.say(
        ChangeEnded,
        changeId,
        { changeId, round, record, site: ended.site, end: end.as, opened: end.opened, notAdmitted: [...end.notAdmitted] },
        walkOf(ended),
      );
      return;
    }
    const [again] = await tx.query<ChangeRow & { round: number }>(
      `update change set round = round + 1 where id = $1 and round = $2 and state = 'open' returning *`,
      [changeId, round],
    );
    if (again === undefined) return;
    tx.say(
      RecordChanged,
      changeId,
      { changeId, round: again.round, record: { aggregate: again.aggregate, uuid: again.uuid }, site: again.site },
      walkOf(again),
    );
  }

  /** Parks a change that could not be looked at; the next entry of its record wakes it. False when the round is no longer the open one. */
  async park(
    tx: Tx,
    changeId: string,
    round: number,
    parked: { readonly reason: ParkedReason; readonly code: string; readonly details: SafeDetails },
  ): Promise<boolean> {
    const { reason, code, details } = parked;
    const [row] = await tx.query<ChangeRow>(
      `update change set state = 'parked', reason = $3, code = $4, details = $5, held_at = now() where id = $1 and round = $2 and state = 'open' returning *`,
      [changeId, round, reason, code, JSON.stringify(details)],
    );
    if (row === undefined) return false;
    tx.say(ChangeHeld, changeId, { changeId, round, record: { aggregate: row.aggregate, uuid: row.uuid }, site: row.site, reason, code }, walkOf(row));
    return true;
  }

  /** Ends a parked change that a person wants no more. False where it is parked no more. */
  async discard(tx: Tx, changeId: string, where: 'parked' | 'whatever it is' = 'parked'): Promise<boolean> {
    const [row] = await tx.query<ChangeRow & { round: number }>(
      `update change set state = 'ended', ended_as = 'discarded', ended_at = now(), held_at = null where id = $1 and (state = 'parked' or ($2 and state <> 'ended')) returning *`,
      [changeId, where !== 'parked'],
    );
    if (row === undefined) return false;
    const record = { aggregate: row.aggregate, uuid: row.uuid };
    tx.say(ChangeEnded, changeId, { changeId, round: row.round, record, site: row.site, end: 'discarded', opened: 0, notAdmitted: [] }, walkOf(row));
    return true;
  }

  /** Ends the change, whatever its state: its site takes part no more. */
  async leave(tx: Tx, changeId: string): Promise<void> {
    const [row] = await tx.query<ChangeRow>(
      `update change set state = 'ended', ended_as = 'not-admitted', ended_at = now(), held_at = null where id = $1 and state <> 'ended' returning *`,
      [changeId],
    );
    if (row === undefined) return;
    const record = { aggregate: row.aggregate, uuid: row.uuid };
    const notAdmitted = [`${row.site}: is out of the configuration`];
    tx.say(ChangeEnded, changeId, { changeId, round: row.round, record, site: row.site, end: 'not-admitted', opened: 0, notAdmitted }, walkOf(row));
  }

  /** Open changes of a site: the feed-watcher reads no further while there are too many. */
  async countOpen(site: SiteId): Promise<number> {
    const [row] = await this.database.query<{ count: string }>(`select count(*) from change where site = $1 and state = 'open'`, [site]);
    return Number(row?.count ?? 0);
  }

  /** Opens a look at every record that an agreement of these links knows; used when a site begins a new generation. */
  async openForAgreed(tx: Tx, site: SiteId, links: readonly string[]): Promise<void> {
    const rows = await tx.query<{ aggregate: RecordRef['aggregate']; uuid: string }>(
      `select distinct aggregate, uuid from agreement where link = any($1) order by 1, 2`,
      [links],
    );
    await this.open(
      tx,
      rows.map((record) => ({ site, record, forced: true })),
    );
  }

  /** Opens a look, at both ends, at every record of these kinds that the link has agreed on or is carrying. */
  async openForListsOf(tx: Tx, link: { readonly id: LinkId; readonly parent: SiteId; readonly child: SiteId }, kinds: readonly Aggregate[]): Promise<void> {
    const rows = await tx.query<{ aggregate: Aggregate; uuid: string }>(
      `select aggregate, uuid from agreement where link = $1 and aggregate = any($2)
       union select aggregate, uuid from job where link = $1 and aggregate = any($2) and state <> 'ended' order by 1, 2`,
      [link.id, kinds],
    );
    await this.open(
      tx,
      [link.parent, link.child].flatMap((site) => rows.map((record) => ({ site, record }))),
    );
  }
}

function openChangeOf(row: ChangeRow | undefined): OpenChange | null {
  if (row === undefined) return null;
  return {
    id: row.id,
    record: { aggregate: row.aggregate, uuid: row.uuid },
    site: row.site,
    deletedEntry: row.deleted_entry,
    onBehalf: row.on_behalf,
    forced: row.forced,
    forcedOn: row.forced_on,
    readAtRevisions: row.read_at_revisions ?? {},
    readAtGenerations: row.read_at_generations ?? {},
    openedAt: row.opened_at,
    ...walkOf(row),
  };
}
