import { type Direction, type LinkAct, LinkActed, type LinkActTold, type LinkId, type SiteId } from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import { type Database, newId } from '../database.js';
import type { Vault } from '../vault.js';

/** Who does what to one direction of a link, and why. */
export interface ActOnLink {
  readonly link: LinkId;
  readonly direction: Direction;
  /** The link's child. */
  readonly site: SiteId;
  readonly what: LinkAct;
  readonly by: string;
  readonly reason: string | null;
}

const SHOWN = 50;

/** Jobs that wait for the pause of a direction of a link: they are called back at once. */
const CALL_BACK = `update inbox set not_before = now() from outbox join job on job.id::text = outbox.correlation_id
  where inbox.message_id = outbox.message_id and inbox.settled_at is null and inbox.code in ('link-paused', 'link-draining') and job.link = $1 and job.direction = $2`;

/** What people do to links, with what they wrote, which is sealed, and which directions are paused for it. */
export class LinkActRepository {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
  ) {}

  /** False where it stands so already; then nothing is noted. Every process asks before each write (`EngineRepository`). */
  async act(tx: Tx, act: ActOnLink): Promise<boolean> {
    const id = newId();
    await this.note(tx, id, act);
    const isDone = act.what === 'resume' ? await resume(tx, act) : await stop(tx, id, act);
    if (!isDone) await tx.query(`delete from link_act where id = $1`, [id]);
    else tx.say(LinkActed, id, { link: act.link, site: act.site, round: 1, direction: act.direction, what: act.what, actId: id, by: act.by });
    return isDone;
  }

  /** Keeps why a brake was released, beside what `BrakeRepository.release` says of it. */
  noteRelease(tx: Tx, act: ActOnLink): Promise<void> {
    return this.note(tx, newId(), act);
  }

  /** The last acts on the link, the newest first. */
  async history(link: LinkId): Promise<readonly LinkActTold[]> {
    const rows = await this.database.query<{ id: string; direction: Direction; what: LinkAct; by: string; sealed: Buffer | null; at: Date }>(
      `select id, direction, what, by, sealed, at from link_act where link = $1 order by at desc, id desc limit ${SHOWN}`,
      [link],
    );
    return rows.map(({ id, direction, what, by, sealed, at }) => ({
      what,
      direction: what === 'release' ? null : direction,
      by,
      reason: sealed === null ? null : (this.vault.open(sealed, contextOf(id)) as string),
      at: at.toISOString(),
    }));
  }

  private async note(tx: Tx, id: string, { link, direction, what, by, reason }: ActOnLink): Promise<void> {
    const sealed = reason === null || reason === '' ? null : this.vault.seal(reason, contextOf(id));
    await tx.query(`insert into link_act (id, link, direction, what, by, sealed) values ($1, $2, $3, $4, $5, $6)`, [id, link, direction, what, by, sealed]);
  }
}

const contextOf = (id: string): string => `link-act:${id}`;

async function stop(tx: Tx, id: string, { link, direction, what, by }: ActOnLink): Promise<boolean> {
  const rows = await tx.query(
    `insert into link_pause as paused (link, direction, how, by, act_id) values ($1, $2, $3, $4, $5)
     on conflict (link, direction) do update set how = excluded.how, since = now(), by = excluded.by, act_id = excluded.act_id where paused.how <> excluded.how
     returning link`,
    [link, direction, what, by, id],
  );
  // What was paused may be in hand for one that runs dry.
  if (rows.length > 0 && what === 'drain') await tx.query(CALL_BACK, [link, direction]);
  return rows.length > 0;
}

async function resume(tx: Tx, { link, direction }: ActOnLink): Promise<boolean> {
  const rows = await tx.query(`delete from link_pause where link = $1 and direction = $2 returning link`, [link, direction]);
  if (rows.length > 0) await tx.query(CALL_BACK, [link, direction]);
  return rows.length > 0;
}
