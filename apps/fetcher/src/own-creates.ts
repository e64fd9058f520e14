import { Injectable } from '@nestjs/common';
import { CATEGORIES, type CanonicalRecord } from '@sync-hub/categories';
import type { SiteId } from '@sync-hub/contracts';
import { covers, heldAt } from '@sync-hub/merge';
import { type Intent, IntentRepository } from '@sync-hub/persistence';

/** Knows our own creates at sites that mint uuids, as fhir2 does of what it alone keeps: the feed, or the scan, may tell of one before its answer has told us what it is called there. */
@Injectable()
export class OwnCreates {
  constructor(private readonly intents: IntentRepository) {}

  /** Does the record say what a create of ours at the site says, whose answer is still to come? */
  async mayBe(site: SiteId, read: CanonicalRecord): Promise<boolean> {
    const creates = await this.intents.createsInHandWhereUuidsAreMinted(site, read.record, CATEGORIES[read.category].fhirAlone !== undefined);
    return creates.some((intent) => says(read, intent));
  }
}

const says = (read: CanonicalRecord, { sends }: Pick<Intent, 'sends'>): boolean =>
  [...sends].every(([path, value]) => value === null || !covers(read, path) || heldAt(read, path) === value);
