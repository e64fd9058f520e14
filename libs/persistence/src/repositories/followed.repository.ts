import { FollowChanged, type LinkId, type SiteId, type Uuid } from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import { type Database, newId } from '../database.js';

/** A patient on a link. */
export interface PatientOnLink {
  readonly link: LinkId;
  readonly patient: Uuid;
}

interface Row {
  readonly id: string;
  readonly link: LinkId;
  readonly patient: Uuid;
  readonly round: number;
}

/** Somebody has a patient followed, until when. */
export interface FollowedRow extends PatientOnLink {
  readonly by: string;
  readonly since: Date;
  readonly until: Date;
  /** Under which act it is kept why; `null` where that is not told. */
  readonly actId: string | null;
}

/** Who did it, at which child; and under which act it is kept why. */
interface Doing {
  readonly who: string;
  readonly child: SiteId;
  readonly actId?: string | null;
}

/** Which patients go to a child whatever its catchment says, until their time is over. Written by people, and by fetch when it is. */
export class FollowedRepository {
  constructor(private readonly database: Database) {}

  /** From now on for so many seconds, by the database's clock; again for one who is followed already. */
  async follow(tx: Tx, { link, patient }: PatientOnLink, seconds: number, by: Doing): Promise<void> {
    const [row] = await tx.query<Row>(
      `insert into followed as row (id, link, patient, until, followed_by, act_id) values ($1, $2, $3, now() + make_interval(secs => $4), $5, $6)
       on conflict (link, patient) do update set until = excluded.until, followed_by = excluded.followed_by, act_id = excluded.act_id, since = now(), round = row.round + 1
       returning id, link, patient, round`,
      [newId(), link, patient, seconds, by.who, by.actId ?? null],
    );
    if (row !== undefined) say(tx, row, { child: by.child, what: 'followed', by: by.who });
  }

  /** False where she was not followed. */
  async unfollow(tx: Tx, { link, patient }: PatientOnLink, by: Doing): Promise<boolean> {
    const [row] = await tx.query<Row>(`delete from followed where link = $1 and patient = $2 returning id, link, patient, round + 1 as round`, [link, patient]);
    if (row !== undefined) say(tx, row, { child: by.child, what: 'unfollowed', by: by.who });
    return row !== undefined;
  }

  /** Takes those of the link whose time is over; they are followed no more. */
  async takeExpired(tx: Tx, link: LinkId, child: SiteId, limit: number): Promise<readonly Uuid[]> {
    const rows = await tx.query<Row>(
      `delete from followed where id in (select id from followed where link = $1 and until <= now() order by until limit $2 for update skip locked)
       returning id, link, patient, round + 1 as round`,
      [link, limit],
    );
    for (const row of rows) say(tx, row, { child, what: 'expired', by: null });
    return rows.map(({ patient }) => patient);
  }

  /** All who are followed on these links, whose time is over soonest first. */
  list(links: readonly LinkId[]): Promise<readonly FollowedRow[]> {
    return this.database.query<FollowedRow & Record<string, unknown>>(
      `select link, patient, followed_by as by, since, until, act_id as "actId" from followed where link = any($1) and until > now() order by until, id`,
      [links],
    );
  }

  /** Those of the links that follow the patient now. */
  async linksFollowing(links: readonly LinkId[], patient: Uuid): Promise<ReadonlySet<LinkId>> {
    const rows = await this.database.query<{ link: LinkId }>(`select link from followed where link = any($1) and patient = $2 and until > now()`, [
      links,
      patient,
    ]);
    return new Set(rows.map(({ link }) => link));
  }
}

function say(
  tx: Tx,
  { id, link, patient, round }: Row,
  { child, what, by }: { readonly child: SiteId; readonly what: FollowChanged['what']; readonly by: string | null },
): void {
  tx.say(FollowChanged, id, { link, site: child, round, record: { aggregate: 'person', uuid: patient }, what, by });
}
