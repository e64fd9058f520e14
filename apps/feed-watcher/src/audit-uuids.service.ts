import { Injectable } from '@nestjs/common';
import { isToldByChance, tellerOf } from '@sync-hub/categories';
import type { AuditOf } from '@sync-hub/configuration';
import { BugError, ContractError, type RecordRef, RefusedError, type SiteId, TransientError } from '@sync-hub/contracts';
import { AgreementRepository, ChangeRepository, lockRecords, type UuidAudit, UuidAuditRepository } from '@sync-hub/persistence';
import { Hub, SiteClients } from '@sync-hub/runtime';
import { isAsAudited, presenceAlone } from './is-as-audited.js';

/** So many records are asked for, one after the other, before the position is kept. */
const PAGE = 50;
/** Longer than a page takes; another instance takes over after it. */
const LEASE_SECONDS = 600;
/** Where a page of at least so many records fails as a whole it is the site that is not well, and not its records. */
const SITE_IS_NOT_WELL = 5;

/** What a page of an audit came to: `end` is its last one, `none` says that no audit is due, or that another has it. */
export type Audited = 'more' | 'end' | 'none';

/**
 * Asks a site for each record that was agreed on with it whether it is still there and not voided, and opens a look at each that
 * is not as agreed: for feeds that do not tell of voids and merges (openmrs-atomfeed's `PatientAdvice`). What the feed tells
 * of by chance only (a Bahmni's visits) is read whole. It looks, and decides nothing.
 */
@Injectable()
export class AuditUuidsService {
  constructor(
    private readonly hub: Hub,
    private readonly audits: UuidAuditRepository,
    private readonly agreements: AgreementRepository,
    private readonly changes: ChangeRepository,
    private readonly clients: SiteClients,
  ) {}

  /** Does one page of the site's audit, if one is due or under way. */
  async audit(site: SiteId, { everyHours, only }: AuditOf, holder: string, signal: AbortSignal): Promise<Audited> {
    const audit = await this.audits.take(site, holder, everyHours, LEASE_SECONDS);
    if (audit === null) return 'none';
    if (audit.after === null) this.hub.parts.log.info('uuid-audit-begun', { site });
    const links = this.hub.rules.linksOf(site).map(({ link }) => link.id);
    const records = await this.agreements.agreedAfter(links, audit.after, PAGE, only);
    const odd = await this.oddOnes(site, records, signal);
    const isEnd = records.length < PAGE;
    const { said } = await this.hub.parts.database.transaction(async (tx) => {
      if (!(await this.audits.advance(tx, site, holder, { records, opened: odd.length, isEnd })))
        throw new BugError('the lease on an audit ran out while its page was asked for', { site });
      await lockRecords(tx, odd);
      await this.changes.open(
        tx,
        odd.map((record) => ({ site, record })),
      );
    });
    await this.hub.outgoing.send(said);
    this.tell(site, { audit, asked: records.length, odd: odd.length, isEnd });
    return isEnd ? 'end' : 'more';
  }

  private async oddOnes(site: SiteId, records: readonly RecordRef[], signal: AbortSignal): Promise<readonly RecordRef[]> {
    const odd: RecordRef[] = [];
    const troubles: OwnTrouble[] = [];
    for (const record of records) {
      const found = await this.isAsAgreed(site, record, signal).catch(ownTrouble);
      if (found !== true) odd.push(record);
      if (typeof found !== 'boolean') troubles.push(found);
    }
    if (troubles[0] !== undefined && troubles.length >= SITE_IS_NOT_WELL && troubles.length === records.length) throw troubles[0];
    return odd;
  }

  private async isAsAgreed(site: SiteId, record: RecordRef, signal: AbortSignal): Promise<boolean> {
    const ends = this.hub.rules.linksOf(site);
    const client = await this.clients.of(site);
    const isReadWhole = isToldByChance(tellerOf(this.hub.rules.site(site).feed), record.aggregate);
    const found = isReadWhole ? await client.read(record, { signal }) : presenceAlone(await client.presenceOf(record, { signal }));
    const agreed = await this.agreements.findAll(
      ends.map(({ link }) => link.id),
      record,
    );
    return isAsAudited(
      found,
      ends.map(({ link, side }) => ({ side, agreement: agreed.get(link.id)?.agreement ?? null })),
    );
  }

  private tell(
    site: SiteId,
    { audit, asked, odd, isEnd }: { readonly audit: UuidAudit; readonly asked: number; readonly odd: number; readonly isEnd: boolean },
  ): void {
    const { log } = this.hub.parts;
    if (odd > 0) log.info('uuid-audit-found', { site, count: odd });
    if (isEnd) log.info('uuid-audit-ended', { site, count: audit.asked + asked, opened: audit.opened + odd });
  }
}

type OwnTrouble = ContractError | RefusedError | TransientError;

/** A body of the wrong shape, a refusal or a 500 is the record's own trouble: its look says so where people see it. Anything else stops the page. */
function ownTrouble(error: unknown): OwnTrouble {
  const isStopped = error instanceof TransientError && error.code === 'stopped';
  if (!isStopped && (error instanceof ContractError || error instanceof RefusedError || error instanceof TransientError)) return error;
  throw error;
}
