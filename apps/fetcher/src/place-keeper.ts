import { Injectable } from '@nestjs/common';
import type { CanonicalRecord } from '@sync-hub/categories';
import { goesByPlaces } from '@sync-hub/configuration';
import type { RecordRef, SiteId, Uuid } from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import { ChangeRepository, PlaceRepository } from '@sync-hub/persistence';
import { Rules } from '@sync-hub/runtime';

/** Notes where places are, as far as catchments go by them, and seeks those of which it is not known. */
@Injectable()
export class PlaceKeeper {
  constructor(
    private readonly places: PlaceRepository,
    private readonly changes: ChangeRepository,
    private readonly rules: Rules,
  ) {}

  /** The places are looked at, and the patient again once they were. */
  async seek(tx: Tx, site: SiteId, patient: RecordRef, places: readonly Uuid[]): Promise<void> {
    if (places.length === 0) return;
    await this.places.seek(tx, site, patient, places);
    await this.changes.open(
      tx,
      places.map((uuid) => ({ site, record: { aggregate: 'location', uuid } })),
    );
  }

  /** A place that was read: whoever it matters to is looked at again. */
  async note(tx: Tx, site: SiteId, { record, category, covers, fields }: CanonicalRecord): Promise<void> {
    if (category !== 'location' || !covers.includes('parentLocation')) return;
    const links = this.rules.linksOf(site).flatMap(({ link, side }) => (side === 'parent' && goesByPlaces(link.catchment) ? [link.id] : []));
    if (links.length === 0) return;
    const above = fields['parentLocation'];
    const again = await this.places.note(tx, site, { uuid: record.uuid, above: typeof above === 'string' ? above : null }, links);
    await this.changes.open(
      tx,
      again.map((patient) => ({ site, record: patient })),
    );
  }
}
