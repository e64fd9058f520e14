import { toldThrough } from '@sync-hub/categories';
import { type PayloadFor, recordKey, TransientError } from '@sync-hub/contracts';
import { endChange, forward, postpone, Stage, type StageContext, type StageHandler, skip, type Verdict } from '@sync-hub/messaging';
import { Knowledge, Rules, SiteClients } from '@sync-hub/runtime';
import { concerns, linkAsSeen } from './link-concerns.js';
import { type FinishedLook, LookKeeper } from './look-keeper.js';
import { OwnCreates } from './own-creates.js';
import { settleLook } from './settle-look.js';

/** How soon a look is tried again while a writer has the claim, or has yet to hear what its record is called here. */
const ANOTHERS_TURN_SECONDS = 1;

/** Reads the record as it stands at its site now; ends the change where every route already agrees with it. */
@Stage('fetch')
export class FetchStage implements StageHandler<'fetch'> {
  constructor(
    private readonly sites: SiteClients,
    private readonly rules: Rules,
    private readonly knowledge: Knowledge,
    private readonly keeper: LookKeeper,
    private readonly ownCreates: OwnCreates,
  ) {}

  async handle({ changeId, round, record, site }: PayloadFor<'fetch'>, context: StageContext): Promise<Verdict> {
    const claim = await context.claim(site, record);
    if (claim === null) return postpone('claimed', ANOTHERS_TURN_SECONDS);
    const change = await this.keeper.begin(changeId, round);
    if (change === null) return skip('this round is over');
    const client = await this.sites.of(site);
    const known = await this.knowledge.of(this.rules.linksOf(site), site, record);
    const canonical = await client.recordOf(record, { signal: context.signal, beforeRequest: claim.check });
    if (recordKey(canonical) !== recordKey(record)) return endChange('as-agreed', (tx) => this.keeper.isCalledElsewhere(tx, change, canonical));
    const found = await client.read(record, { signal: context.signal, beforeRequest: claim.check });
    const read = found.presence === 'absent' && change.deletedEntry ? { ...found, presence: 'gone' as const } : found;
    if (isNew({ read, known }) && (await this.ownCreates.mayBe(site, read))) return postpone('create-unsettled', ANOTHERS_TURN_SECONDS);

    const { links, refused, members, sought } = concerns(this.rules, await this.knowledge.asOf(known, site, read), read);
    const alongside = toldThrough(this.rules.site(site).feed.flavour, read);
    const look = { change, round, site, record, read, known, members, sought, alongside };
    if (links.length === 0 && refused.length > 0) {
      return endChange('not-admitted', (tx) => this.keeper.turnAway(tx, look, refused), { notAdmitted: refused.map(({ link, why }) => `${link}: ${why}`) });
    }
    switch (settleLook({ read, links: links.map(linkAsSeen), onBehalf: change.onBehalf || change.forced, deletedEntry: change.deletedEntry })) {
      case 'end-as-agreed':
        return endChange('as-agreed', (tx) => this.keeper.end(tx, look));
      case 'absent':
        return endChange('absent', (tx) => this.keeper.absent(tx, look));
      case 'retry-absent':
        throw new TransientError('missing-at-source', 'a record that a link agreed on is not there, and no entry says that it was deleted', {
          site,
          record: record.uuid,
        });
      case 'forward':
        return forward((tx) => this.keeper.forward(tx, look));
    }
  }
}

const isNew = ({ read, known }: Pick<FinishedLook, 'read' | 'known'>): boolean =>
  read.presence === 'present' && known.links.every(({ stored, openJobs }) => stored.agreement === null && openJobs.length === 0);
