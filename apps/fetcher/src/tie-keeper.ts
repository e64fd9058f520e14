import { Injectable } from '@nestjs/common';
import { type CanonicalRecord, patientsOf, type TyingCategory, tieOf, tyingCategoryOf } from '@sync-hub/categories';
import { tiesGoneBy } from '@sync-hub/configuration';
import type { SiteId } from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import type { CallOptions, SiteClient } from '@sync-hub/openmrs';
import { ChangeRepository, TieRepository } from '@sync-hub/persistence';
import { Rules } from '@sync-hub/runtime';

/** Notes what ties patients to places and programs, as far as catchments go by it. */
@Injectable()
export class TieKeeper {
  constructor(
    private readonly ties: TieRepository,
    private readonly changes: ChangeRepository,
    private readonly rules: Rules,
  ) {}

  /** Lists what ties the patient that was read: what hangs on her is in no record of hers. */
  async list(client: SiteClient, site: SiteId, read: CanonicalRecord, options: CallOptions): Promise<void> {
    if (read.category !== 'patient' || read.presence !== 'present') return;
    for (const category of this.goneBy(site)) {
      const since = await this.ties.now();
      const patient = read.record.uuid;
      await this.ties.list({ site, patient, category }, await client.tiesOf(patient, category, options), since);
    }
  }

  /** A record that ties a patient: whoever it matters to is looked at again, and comes in, stays or leaves by all of her ties. */
  async note(tx: Tx, site: SiteId, read: CanonicalRecord): Promise<void> {
    const category = tyingCategoryOf(read);
    if (category === null || !this.goneBy(site).has(category)) return;
    const tie = tieOf(read);
    const again = tie === 'unknown' ? patientsOf(read).map(({ uuid }) => uuid) : await this.ties.note(tx, site, read.record, tie === 'none' ? null : tie);
    await this.changes.open(
      tx,
      again.map((uuid) => ({ site, record: { aggregate: 'person', uuid } })),
    );
  }

  /** The categories that catchments of the site's children go by. */
  private goneBy(site: SiteId): ReadonlySet<TyingCategory> {
    return new Set(this.rules.linksOf(site).flatMap(({ link, side }) => (side === 'parent' ? tiesGoneBy(link.catchment) : [])));
  }
}
