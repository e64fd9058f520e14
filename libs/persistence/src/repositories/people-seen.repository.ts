import type { LinkId, SiteId, Uuid } from '@sync-hub/contracts';
import type { Database } from '../database.js';

/** Which patients the hub has come across, by uuid. What only the sites know is not in it. Read by people's commands alone. */
export class PeopleSeenRepository {
  constructor(private readonly database: Database) {}

  /** Persons, patients among them, on whom the ends of the link have agreed. */
  async agreedOn(link: LinkId): Promise<ReadonlySet<Uuid>> {
    return new Set(await this.uuids(`select uuid from agreement where link = $1 and aggregate = 'person'`, [link]));
  }

  /** Persons of whom the site has told, or whom somebody has looked at there. */
  async toldBy(site: SiteId): Promise<readonly Uuid[]> {
    return this.uuids(`select distinct uuid from change where site = $1 and aggregate = 'person' order by uuid`, [site]);
  }

  /** Patients of the parent whom the link's child is to hold. */
  async membersOn(link: LinkId): Promise<readonly Uuid[]> {
    return this.uuids(`select patient as uuid from membership where link = $1 and is_member order by patient`, [link]);
  }

  /** Patients whom a person has said to be one, by the uuid that is known everywhere. */
  async acceptedOn(link: LinkId): Promise<readonly Uuid[]> {
    return this.uuids(`select uuid from alias where accepted_on = $1 and aggregate = 'person' order by uuid`, [link]);
  }

  private async uuids(sql: string, parameters: readonly unknown[]): Promise<readonly Uuid[]> {
    return (await this.database.query<{ uuid: Uuid }>(sql, parameters)).map(({ uuid }) => uuid);
  }
}
