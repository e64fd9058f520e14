import { Injectable } from '@nestjs/common';
import type { CanonicalRecord } from '@sync-hub/categories';
import type { SiteId, Uuid } from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import type { CallOptions, SiteClient } from '@sync-hub/openmrs';
import { Exclusions } from '@sync-hub/runtime';
import type { Concerns } from './link-concerns.js';
import { type LookForMembers, MembershipKeeper } from './membership-keeper.js';
import { PlaceKeeper } from './place-keeper.js';
import { TieKeeper } from './tie-keeper.js';

/** What a look says of catchments. */
export interface LookForCatchments extends LookForMembers {
  readonly read: CanonicalRecord;
  /** Places of the patient of which it is not known where they are. */
  readonly sought: readonly Uuid[];
  readonly judged: Concerns['judged'];
}

/** Notes what admission goes by: which patients a child holds, where places are, what ties patients to them and to programs, and what a link keeps at its site. */
@Injectable()
export class CatchmentKeeper {
  constructor(
    private readonly memberships: MembershipKeeper,
    private readonly places: PlaceKeeper,
    private readonly ties: TieKeeper,
    private readonly exclusions: Exclusions,
  ) {}

  /** What a catchment goes by that stands in no record of the patient's own. */
  listTies(client: SiteClient, site: SiteId, read: CanonicalRecord, options: CallOptions): Promise<void> {
    return this.ties.list(client, site, read, options);
  }

  async keep(tx: Tx, look: LookForCatchments): Promise<void> {
    const { site, record, read, sought, judged } = look;
    await this.memberships.keep(tx, look);
    for (const one of judged) await this.exclusions.note(tx, site, { ...one, read });
    await this.places.seek(tx, site, record, sought);
    await this.places.note(tx, site, read);
    await this.ties.note(tx, site, read);
  }
}
