import {
  type AuditAsked,
  type AuditChoices,
  type AuditDesk,
  type AuditExport,
  type AuditExportAsked,
  type AuditFilter,
  type AuditLine,
  type AuditPage,
  type AuditProof,
  type BodyAsked,
  type KeptBody,
  OWN_AUDIT,
  type ShownBody,
} from '@sync-hub/contracts';

const DAY = '2026-11-29';

/** A line of that number, of a day on which a patient's gender came from a clinic. */
export const aLine = (id: number, more: Partial<AuditLine> = {}): AuditLine => ({
  id: String(id),
  messageId: `job.ended.v1:00000000-0000-4000-8000-00000000${String(id).padStart(4, '0')}:1`,
  type: 'job.ended.v1',
  site: 'central',
  link: 'kisumu',
  aggregate: 'person',
  uuid: 'a1b2c3d4-0000-4000-8000-000000000001',
  correlationId: `00000000-0000-4000-8000-00000000${String(id).padStart(4, '0')}`,
  outcome: 'pushed',
  reason: null,
  details: { round: 1, fields: ['gender'], lost: [] },
  saidAt: `${DAY}T10:42:00.000000Z`,
  recordedAt: new Date(Date.parse(`${DAY}T10:42:00Z`) + id * 1000).toISOString().replace('Z', '000Z'),
  origin: null,
  ...more,
});

export const aProof = (more: Partial<AuditProof> = {}): AuditProof => ({
  kind: 'own',
  day: DAY,
  rows: 0,
  notSealed: 0,
  verdict: 'intact',
  fault: null,
  head: 'ab'.repeat(32),
  ...more,
});

/** What was sent to central for that line, and its answer. */
export const aBody = (line: AuditLine, more: Partial<ShownBody> = {}): ShownBody => ({
  id: '00000000-0000-4000-8000-0000000000b1',
  site: 'central',
  link: 'kisumu',
  aggregate: 'person',
  uuid: line.uuid ?? '',
  jobId: line.correlationId,
  at: `${DAY}T10:42:00.000Z`,
  until: '2026-12-29T10:42:00.000Z',
  status: 400,
  bytes: 1234,
  opened: { method: 'POST', path: '/ws/rest/v1/person/x', request: '{"gender":"F"}', answer: '{"error":"refused"}', isCut: false },
  shownBefore: [],
  ...more,
});

/** The audit without a hub behind it. Numbers are places, so that a page begins behind the last of the one before. */
export class MemoryAudit implements AuditDesk {
  readonly asked: AuditFilter[] = [];
  readonly exported: (AuditExportAsked & { readonly by: string; readonly ended: boolean })[] = [];
  /** Who searched. */
  readonly searchedBy: string[] = [];
  kept: readonly ShownBody[] = [];
  readonly shown: (BodyAsked & { readonly id: string; readonly by: string })[] = [];
  /** Thrown after the first piece of an export. */
  breaksOff: Error | null = null;

  constructor(
    private readonly lines: readonly AuditLine[] = [],
    public proofs: readonly AuditProof[] = [],
  ) {}

  async choices(): Promise<AuditChoices> {
    return {
      links: ['kisumu', 'siaya'],
      sites: ['central', 'kisumu', 'siaya'],
      categories: ['person', 'encounter'],
      outcomes: ['pushed', 'parked'],
      stages: ['push'],
      origins: ['kisumu-box'],
    };
  }

  async search({ filter, limit, after }: AuditAsked, by: string): Promise<AuditPage> {
    this.searchedBy.push(by);
    this.asked.push(filter);
    const before = after === undefined ? Number.POSITIVE_INFINITY : Number(after.split('.')[2]);
    const found = this.lines.filter((line) => fits(line, filter) && Number(line.id) < before).sort((a, b) => Number(b.id) - Number(a.id));
    const shown = found.slice(0, limit);
    return { lines: shown, next: found.length > limit ? `0.own.${shown.at(-1)?.id}` : null };
  }

  async line(kind: AuditProof['kind'], id: string): Promise<AuditLine | null> {
    return this.lines.find((line) => line.id === id && (line.origin === null) === (kind === 'own')) ?? null;
  }

  async export(asked: AuditExportAsked, by: string): Promise<AuditExport> {
    const index = this.exported.push({ ...asked, by, ended: false }) - 1;
    return { format: asked.format, pieces: this.pieces(asked, index) };
  }

  private async *pieces(asked: AuditExportAsked, index: number): AsyncGenerator<string, void, void> {
    for (const line of this.lines.filter((one) => fits(one, asked.filter))) {
      yield `${line.id}\n`;
      if (this.breaksOff !== null) throw this.breaksOff;
    }
    this.exported[index] = { ...this.exported[index]!, ended: true };
  }

  async bodies(lineId: string): Promise<readonly KeptBody[]> {
    const line = this.lines.find(({ id, origin }) => id === lineId && origin === null);
    return this.kept.filter(({ jobId }) => jobId === line?.correlationId).map(({ opened: _, shownBefore: __, ...body }) => body);
  }

  async showBody(id: string, asked: BodyAsked, by: string): Promise<ShownBody | null> {
    const body = this.kept.find((one) => one.id === id) ?? null;
    if (body !== null) this.shown.push({ ...asked, id, by });
    return body;
  }

  async days(): Promise<readonly string[]> {
    return [...new Set(this.proofs.map(({ day }) => day))].sort();
  }

  async verify(day: string): Promise<readonly AuditProof[]> {
    return (['own', 'received'] as const).map((kind) => this.proofs.find((one) => one.kind === kind && one.day === day) ?? aProof({ kind, day, head: null }));
  }
}

const fits = (line: AuditLine, { record, trace, site, outcome, origin, since, until, text }: AuditFilter): boolean =>
  (record === undefined || line.uuid === record) &&
  (trace === undefined || line.details['trace'] === trace) &&
  (site === undefined || line.site === site) &&
  (outcome === undefined || line.outcome === outcome) &&
  (origin === undefined || (line.origin ?? OWN_AUDIT) === origin) &&
  (since === undefined || line.recordedAt >= since) &&
  (until === undefined || line.recordedAt < until) &&
  (text === undefined || JSON.stringify(line.details).includes(text));
