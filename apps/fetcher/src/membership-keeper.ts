import { Injectable } from '@nestjs/common';
import type { RecordRef, SiteId } from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import { ChangeRepository, DepartureRepository, type Membership, MembershipRepository } from '@sync-hub/persistence';
import type { Move } from './link-concerns.js';

/** What a look says of who is held where. */
export interface LookForMembers {
  readonly site: SiteId;
  readonly record: RecordRef;
  /** Where the patient that was read belongs, and where not. */
  readonly members: readonly Membership[];
  readonly moves: readonly Move[];
}

/** Notes which patients a child holds, and which of them leave or are back. */
@Injectable()
export class MembershipKeeper {
  constructor(
    private readonly memberships: MembershipRepository,
    private readonly departures: DepartureRepository,
    private readonly changes: ChangeRepository,
  ) {}

  async keep(tx: Tx, { site, record, members, moves }: LookForMembers): Promise<void> {
    await this.memberships.keep(tx, members);
    for (const { link, what } of moves) {
      if (what === 'leaves') await this.departures.leave(tx, link, record.uuid);
      else if (what === 'comes-back') await this.departures.comeBack(tx, link, record.uuid);
      else if (await this.departures.seenAlive(tx, link, record)) await this.changes.open(tx, [{ site, record }]);
    }
  }
}
