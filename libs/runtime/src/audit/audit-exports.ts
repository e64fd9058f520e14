import type { Configuration } from '@sync-hub/configuration';
import { type AuditExport, type AuditExportAsked, AuditExported, type AuditFilter, type AuditPage, MOST_AUDIT_LINES } from '@sync-hub/contracts';
import type { Envelope } from '@sync-hub/messaging';
import { AuditSearchRepository, type Database, newId } from '@sync-hub/persistence';
import { auditWriter } from './audit-writer.js';

export interface AuditExportParts {
  readonly database: Database;
  readonly configuration: () => Configuration;
  /** Puts on the bus what was said; without a bus it is left in the outbox, and the sweep sends it within seconds. */
  readonly send: (said: readonly Envelope[]) => Promise<void>;
}

type Say = (round: number, outcome: AuditExported['outcome'], lines: number) => Promise<void>;

/** Writes out the audit, whatever its length page by page, and has that in the audit. */
export class AuditExports {
  private readonly search: AuditSearchRepository;

  constructor(private readonly parts: AuditExportParts) {
    this.search = new AuditSearchRepository(parts.database);
  }

  /** Nothing goes before it was said that it does. */
  async begin({ filter, format }: AuditExportAsked, by: string): Promise<AuditExport> {
    const first = await this.search.page(filter, MOST_AUDIT_LINES);
    const [exportId, site] = [newId(), this.parts.configuration().instance.id];
    const asked = whatWasAsked(filter, first.lines.length > 0);
    const say: Say = async (round, outcome, lines) => {
      const { said } = await this.parts.database.transaction(async (tx) => tx.say(AuditExported, exportId, { site, round, outcome, format, asked, lines, by }));
      await this.parts.send(said);
    };
    await say(1, 'export-begun', 0);
    return { format, pieces: this.pieces({ filter, format }, first, say) };
  }

  private async *pieces({ filter, format }: AuditExportAsked, first: AuditPage, say: Say): AsyncGenerator<string, void, void> {
    const { head, line } = auditWriter(format, this.parts.configuration().instance.id);
    let lines = 0;
    let outcome: AuditExported['outcome'] = 'export-broken-off';
    try {
      if (head !== null) yield `${head}\n`;
      for (let page: AuditPage | null = first; page !== null; ) {
        if (page.lines.length > 0) yield page.lines.map((one) => `${line(one)}\n`).join('');
        lines += page.lines.length;
        page = page.next === null ? null : await this.search.page(filter, MOST_AUDIT_LINES, page.next);
      }
      outcome = 'export-ended';
    } finally {
      await say(2, outcome, lines);
    }
  }
}

const OF_OURS: ReadonlySet<string> = new Set<keyof AuditFilter>(['category', 'stage', 'since', 'until']);

/** What people type may be anybody's name: it is told where the audit has it, and words never are. */
function whatWasAsked(filter: AuditFilter, isFound: boolean): Readonly<Record<string, string>> {
  const told = (name: string, value: string): string => (OF_OURS.has(name) || (isFound && name !== 'text') ? value : '(typed)');
  return Object.fromEntries(Object.entries(filter).flatMap(([name, value]) => (value === undefined ? [] : [[name, told(name, value)]])));
}
