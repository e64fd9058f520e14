import {
  AGGREGATES,
  AUDIT_KINDS,
  AUDIT_OUTCOMES,
  type AuditAsked,
  type AuditChoices,
  type AuditDesk,
  type AuditExport,
  type AuditExportAsked,
  type AuditKind,
  type AuditLine,
  type AuditPage,
  type AuditProof,
  type BodyAsked,
  type KeptBody,
  type ShownBody,
  STAGE_NAMES,
  STAGES,
} from '@sync-hub/contracts';
import { AuditBodyRepository, AuditProofRepository, AuditSearchRepository, type Vault } from '@sync-hub/persistence';
import { type AuditExportParts, AuditExports } from './audit-exports.js';
import { saySearched } from './say-searched.js';

export interface AuditDeskParts extends AuditExportParts {
  readonly vault: Vault;
}

/** The audit of this instance, and what it received, for people. */
export class HubAuditDesk implements AuditDesk {
  private readonly lines: AuditSearchRepository;
  private readonly proofs: AuditProofRepository;
  private readonly exports: AuditExports;
  private readonly kept: AuditBodyRepository;

  constructor(private readonly parts: AuditDeskParts) {
    this.lines = new AuditSearchRepository(parts.database);
    this.proofs = new AuditProofRepository(parts.database, parts.vault);
    this.exports = new AuditExports(parts);
    this.kept = new AuditBodyRepository(parts.database, parts.vault);
  }

  async choices(): Promise<AuditChoices> {
    const { instance, links, sites } = this.parts.configuration();
    return {
      links: links.map(({ id }) => id),
      sites: [...new Set([...sites.map(({ id }) => id), instance.id])],
      categories: [...AGGREGATES],
      outcomes: AUDIT_OUTCOMES,
      stages: STAGE_NAMES.filter((stage) => STAGES[stage].emits.length > 0),
      origins: instance.receives?.from.map(({ id }) => id) ?? [],
    };
  }

  async search({ filter, limit, after }: AuditAsked, by: string): Promise<AuditPage> {
    const page = await this.lines.page(filter, limit, after ?? null);
    if (after === undefined) await saySearched(this.parts, filter, page.lines.length, by);
    return page;
  }

  bodies(lineId: string): Promise<readonly KeptBody[]> {
    return this.kept.ofLine(lineId);
  }

  async showBody(id: string, asked: BodyAsked, by: string): Promise<ShownBody | null> {
    const { result, said } = await this.parts.database.transaction((tx) => this.kept.show(tx, id, asked, by));
    await this.parts.send(said);
    return result;
  }

  line(kind: AuditKind, id: string): Promise<AuditLine | null> {
    return this.lines.line(kind, id);
  }

  export(asked: AuditExportAsked, by: string): Promise<AuditExport> {
    return this.exports.begin(asked, by);
  }

  async days(): Promise<readonly string[]> {
    const days = await Promise.all(AUDIT_KINDS.map((kind) => this.proofs.days(kind)));
    return [...new Set(days.flat())].sort();
  }

  async verify(day: string): Promise<readonly AuditProof[]> {
    const proofs: AuditProof[] = [];
    for (const kind of AUDIT_KINDS) proofs.push(await this.proofs.verify(kind, day));
    return proofs;
  }
}
