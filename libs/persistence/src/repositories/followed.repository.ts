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

/** Which patients go to a child whatever its catchment says, until their time is over. Written by people at the command line, and by fetch when it is. */
export class FollowedRepository {
  constructor(private readonly database: Database) {}

  /** From now on for so many seconds, by the database's clock; again for one who is followed already. */
  async follow(tx: Tx, { link, patient }: PatientOnLink, seconds: number, by: { readonly who: string; readonly child: SiteId }): Promise<void> {
    const [row] = await tx.query<Row>(
      `insert into followed as row (id, link, patient, until, followed_by) values ($1, $2, $3, now() + make_interval(secs => $4), $5)
       on conflict (link, patient) do update set until = excluded.until, followed_by = excluded.followed_by, round = row.round + 1
       returning id, link, patient, round`,
      [newId(), link, patient, seconds, by.who],
    );
    if (row !== undefined) say(tx, row, { child: by.child, what: 'followed', by: by.who });
  }

  /** False where she was not followed. */
  async unfollow(tx: Tx, { link, patient }: PatientOnLink, by: { readonly who: string; readonly child: SiteId }): Promise<boolean> {
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
