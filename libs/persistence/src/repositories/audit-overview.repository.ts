import type { Database } from '../database.js';
import { ReceivedAuditRepository } from './received-audit.repository.js';
import { ShippedAuditRepository } from './shipped-audit.repository.js';

/** What the console shows of the audit's shipping, both ways: addresses, ids, codes, counts and times. */
export class AuditOverviewRepository {
  private readonly shipped: ShippedAuditRepository;
  private readonly received: ReceivedAuditRepository;

  constructor(database: Database) {
    this.shipped = new ShippedAuditRepository(database);
    this.received = new ReceivedAuditRepository(database);
  }

  async of({ reportsTo, receivesFrom }: { readonly reportsTo: string | null; readonly receivesFrom: readonly string[] }) {
    const [to, heard] = await Promise.all([reportsTo === null ? null : this.shipped.overview(reportsTo), this.received.overview(receivesFrom)]);
    return {
      to: to === null || reportsTo === null ? null : { url: reportsTo, ...to },
      from: receivesFrom.map((origin) => ({ origin, heard: heard.find((one) => one.origin === origin) ?? null })),
    };
  }
}
