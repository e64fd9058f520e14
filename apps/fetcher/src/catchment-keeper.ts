import { Injectable } from '@nestjs/common';
import type { CanonicalRecord } from '@sync-hub/categories';
import { goesByPlaces } from '@sync-hub/configuration';
import type { LinkId, RecordRef, SiteId, Uuid } from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import { ChangeRepository, type Membership, MembershipRepository, PlaceRepository } from '@sync-hub/persistence';
import { Rules } from '@sync-hub/runtime';

/** What a look says of catchments. */
export interface LookForCatchments {
  readonly site: SiteId;
  readonly record: RecordRef;
  readonly read: CanonicalRecord;
  /** Where the patient that was read belongs, and where not. */
  readonly members: readonly Membership[];
  /** Places of the patient of which it is not known where they are. */
  readonly sought: readonly Uuid[];
}

/** Notes what catchments go by: which patients a child holds, and where places are. */
@Injectable()
export class CatchmentKeeper {
  constructor(
    private readonly memberships: MembershipRepository,
    private readonly places: PlaceRepository,
    private readonly changes: ChangeRepository,
    private readonly rules: Rules,
  ) {}

  async keep(tx: Tx, { site, record, read, members, sought }: LookForCatchments): Promise<void> {
    await this.memberships.keep(tx, members);
    if (sought.length > 0) await this.seek(tx, site, record, sought);
    if (read.category !== 'location' || !read.covers.includes('parentLocation')) return;
    const links = this.goingByPlacesOf(site);
    if (links.length === 0) return;
    const above = read.fields['parentLocation'];
    const again = await this.places.note(tx, site, { uuid: record.uuid, above: typeof above === 'string' ? above : null }, links);
    await this.changes.open(
      tx,
      again.map((patient) => ({ site, record: patient })),
    );
  }

  /** The place is looked at, and the patient again once it was. */
  private async seek(tx: Tx, site: SiteId, patient: RecordRef, places: readonly Uuid[]): Promise<void> {
    await this.places.seek(tx, site, patient, places);
    await this.changes.open(
      tx,
      places.map((uuid) => ({ site, record: { aggregate: 'location', uuid } })),
    );
  }

  private goingByPlacesOf(site: SiteId): readonly LinkId[] {
    return this.rules.linksOf(site).flatMap(({ link, side }) => (side === 'parent' && goesByPlaces(link.catchment) ? [link.id] : []));
  }
}
