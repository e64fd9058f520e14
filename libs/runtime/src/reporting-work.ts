import type { Configuration } from '@sync-hub/configuration';
import { SyncError } from '@sync-hub/contracts';
import type { Hub } from './hub.js';
import type { Periodic } from './periodic.js';
import { Periodics } from './periodics.js';

/** Who reports, to whom, and the secret that both know. */
export interface ReportingTo {
  readonly url: string;
  readonly instance: string;
  readonly secret: string;
}

type ReportsTo = NonNullable<Configuration['instance']['reportsTo']>;

/** Work that is done again and again for as long as this instance reports to another one; it is begun anew where that one, or what is known of it, is another. */
export class ReportingWork {
  private readonly work = new Periodics();
  private readonly over = new AbortController();

  constructor(
    private readonly hub: Hub,
    private readonly begin: (to: ReportingTo) => Periodic,
    private readonly isWanted: (reportsTo: ReportsTo) => boolean = () => true,
  ) {}

  /** Aborted once the work is told to end. */
  get ending(): AbortSignal {
    return this.over.signal;
  }

  start(): void {
    this.hub.rules.onTaken(async (configuration) => this.keepTo(configuration));
    this.keepTo(this.hub.rules.current);
  }

  async stop(): Promise<void> {
    this.over.abort();
    await this.work.stop();
  }

  private keepTo({ instance: { id, reportsTo } }: Configuration): void {
    const secret = this.hub.reportSecrets.to;
    if (reportsTo === undefined || secret === null || !this.isWanted(reportsTo)) return this.work.keep(new Map());
    const to = { url: reportsTo.url, instance: id, secret };
    this.work.keep(new Map([['report', { as: JSON.stringify(to), begin: () => this.begin(to) }]]));
  }
}

/** Something of ours that went wrong, to be told and tried again; anything else is a fault of the code, and thrown. */
export function failureIn(error: unknown): SyncError {
  if (error instanceof SyncError) return error;
  throw error;
}
