import { Injectable } from '@nestjs/common';
import { tellerOf, toldThrough } from '@sync-hub/categories';
import type { LinkEnd } from '@sync-hub/configuration';
import { recordKey, TransientError } from '@sync-hub/contracts';
import { isAsAgreed } from '@sync-hub/merge';
import { type Effect, endChange, forward, postpone, type Verdict } from '@sync-hub/messaging';
import type { CallOptions } from '@sync-hub/openmrs';
import type { OpenChange } from '@sync-hub/persistence';
import { Knowledge, type LinkNow, Rules, SiteClients } from '@sync-hub/runtime';
import { concerns, linkAsSeen } from './link-concerns.js';
import { type FinishedLook, LookKeeper } from './look-keeper.js';
import { OwnWrites } from './own-writes.js';
import { settleLook } from './settle-look.js';

/** How soon a look is tried again while a writer has yet to hear what its record is called here. */
const ANOTHERS_TURN_SECONDS = 1;

/** As the audit has it. */
const NOT_KEPT = 'every link: its patient was erased, and is stopped';

/** A change whose site takes part in these links. */
export interface ToLookAt {
  readonly change: OpenChange;
  readonly round: number;
  readonly ends: readonly LinkEnd[];
}

/** Reads the record as it stands at its site now, and says what comes of it. */
@Injectable()
export class RecordLook {
  constructor(
    private readonly sites: SiteClients,
    private readonly rules: Rules,
    private readonly knowledge: Knowledge,
    private readonly keeper: LookKeeper,
    private readonly own: OwnWrites,
  ) {}

  async take({ change, round, ends }: ToLookAt, options: CallOptions): Promise<Verdict> {
    const { site, record } = change;
    const client = await this.sites.of(site);
    const known = await this.knowledge.of(ends, site, record);
    const canonical = await client.recordOf(record, options);
    if (recordKey(canonical) !== recordKey(record)) return endChange('as-agreed', (tx) => this.keeper.isCalledElsewhere(tx, change, canonical));
    const found = await client.read(record, options);
    const deletedEntry = found.presence === 'absent' && (await this.keeper.wasDeleted(change, known));
    const read = deletedEntry ? { ...found, presence: 'gone' as const } : found;
    const erased = await this.knowledge.erasedOf(read);
    if (erased !== null) return endChange('not-admitted', (tx) => this.knowledge.sawErased(tx, erased, site, record), { notAdmitted: [NOT_KEPT] });
    if (isNew({ read, known }) && (await this.own.creates.mayBe(site, read))) return postpone('create-unsettled', ANOTHERS_TURN_SECONDS);
    await this.keeper.listTies(client, site, read, options);

    const { links, refused, ...noted } = concerns(this.rules, await this.knowledge.asOf(known, site, read), read);
    const alongside = toldThrough(tellerOf(this.rules.site(site).feed), read);
    const look = { change, round, site, record, read, known, ...noted, alongside };
    if (links.length === 0 && refused.length > 0) {
      return endChange('not-admitted', (tx) => this.keeper.turnAway(tx, look, refused), { notAdmitted: refused.map(({ link, why }) => `${link}: ${why}`) });
    }
    switch (settleLook({ read, links: links.map(linkAsSeen), onBehalf: change.onBehalf || change.forced || change.forcedOn.length > 0, deletedEntry })) {
      case 'end-as-agreed': {
        const besideOurs = await this.besideOurWrites(look, false);
        return endChange('as-agreed', async (tx) => {
          await this.keeper.end(tx, look);
          await besideOurs(tx);
        });
      }
      case 'absent':
        return endChange('absent', (tx) => this.keeper.absent(tx, look));
      case 'retry-absent':
        throw new TransientError('missing-at-source', 'a record that a link agreed on is not there, and no entry says that it was deleted', {
          site,
          record: record.uuid,
        });
      case 'forward': {
        const besideOurs = await this.besideOurWrites(look, isChanged(links));
        return forward(async (tx) => {
          await this.keeper.forward(tx, look);
          await besideOurs(tx);
        });
      }
    }
  }

  /** Where nothing is seen to have changed, but the site tells of more updates than we made, one of them was overwritten by us before anybody saw it. */
  private async besideOurWrites(look: FinishedLook, isChanged: boolean): Promise<Effect> {
    if (isChanged) return async (tx) => this.own.overwritten.explain(tx, look);
    const overwriting = await this.own.overwritten.find(look);
    return async (tx) => {
      if (overwriting !== null) await this.own.overwritten.raise(tx, look, overwriting);
    };
  }
}

/** Does the record hold something at its site that one of the links does not know of? */
const isChanged = (links: readonly LinkNow[]): boolean => links.some(({ agreement, end, seen }) => !isAsAgreed(agreement, end.side, seen));

const isNew = ({ read, known }: Pick<FinishedLook, 'read' | 'known'>): boolean =>
  read.presence === 'present' && known.links.every(({ stored, openJobs }) => stored.agreement === null && openJobs.length === 0);
