import { Readable } from 'node:stream';
import { Controller, Get, HttpCode, Inject, NotFoundException, Param, Post, Req, StreamableFile, UseFilters } from '@nestjs/common';
import {
  AUDIT_KINDS,
  AuditAsked,
  type AuditChoices,
  AuditDay,
  type AuditDesk,
  AuditExportAsked,
  type AuditFormat,
  type AuditLine,
  type AuditPage,
  type AuditProof,
} from '@sync-hub/contracts';
import { z } from 'zod';
import { type AskedBy, whoActs, whoLooks } from '../access/caller.js';
import { Needs } from '../access/needs.js';
import { AuditChoicesAnswer, AuditDaysAnswer, AuditExportAnswer, AuditLineAnswer, AuditPageAnswer, AuditProofsAnswer } from '../api/answers/audit-answers.js';
import { Tells } from '../api/tells.js';
import { Name } from '../conflicts/conflict-bodies.js';
import { jsonBody, type RawBody } from '../conflicts/json-body.js';
import { RefusedFilter } from '../conflicts/refused.filter.js';

/** Injection token of where people look into the audit. */
export const AUDIT_DESK = Symbol('AuditDesk');

const ExportBody = AuditExportAsked.extend({ by: Name.optional() });
const VerifyBody = z.strictObject({ day: AuditDay });

const TYPES: Readonly<Record<AuditFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  ndjson: 'application/x-ndjson',
  fhir: 'application/fhir+ndjson',
};

const withoutParameters = (type: string): string => type.replace(/;.*/, '');

/**
 * The audit: `GET /api/audit/choices` tells what it can be searched by, `POST …/search` finds lines, the newest first, a page at a time (`after` is the `next` of the page before), `GET …/lines/own-123`
 * tells one. `POST …/export` writes out all that fits (`csv`, `ndjson`, `fhir`), which is itself in the audit; `GET …/days` and `POST …/verify` (`day`) hold days against their seals. What is looked for comes in a body.
 */
@Controller('/api/audit')
@UseFilters(RefusedFilter)
export class AuditController {
  constructor(@Inject(AUDIT_DESK) private readonly desk: AuditDesk) {}

  @Needs('read-audit')
  @Tells({ does: 'what it can be searched by', answer: AuditChoicesAnswer })
  @Get('choices')
  choices(): Promise<AuditChoices> {
    return this.desk.choices();
  }

  @Needs('read-audit')
  @Tells({ does: 'lines that fit, the newest first; `after` is the `next` of the page before', body: AuditAsked, answer: AuditPageAnswer })
  @Post('search')
  @HttpCode(200)
  search(@Req() request: RawBody & AskedBy): Promise<AuditPage> {
    return this.desk.search(jsonBody(AuditAsked, request), whoLooks(request));
  }

  @Needs('read-audit')
  @Tells({ does: 'one line: `own-123`, or `received-123` of what another instance said', answer: AuditLineAnswer })
  @Get('lines/:line')
  async line(@Param('line') name: string): Promise<AuditLine> {
    const [, named, id] = /^([a-z]+)-([1-9]\d{0,17})$/.exec(name) ?? [];
    const kind = AUDIT_KINDS.find((one) => one === named);
    const line = kind === undefined || id === undefined ? null : await this.desk.line(kind, id);
    if (line === null) throw new NotFoundException({ error: 'there is no such line' });
    return line;
  }

  @Needs('read-audit')
  @Tells({
    does: 'writes out all that fits, which is itself in the audit',
    body: ExportBody,
    answer: AuditExportAnswer,
    as: Object.values(TYPES).map(withoutParameters),
  })
  @Post('export')
  @HttpCode(200)
  async export(@Req() request: RawBody & AskedBy): Promise<StreamableFile> {
    const { by, ...asked } = jsonBody(ExportBody, request);
    const { format, pieces } = await this.desk.export(asked, whoActs(request, by));
    // What fails half-way is cut off, and not ended as if it were whole.
    return new StreamableFile(Readable.from(pieces, { objectMode: false }), { type: TYPES[format] });
  }

  @Needs('read-audit')
  @Tells({ does: 'every day that has rows or seals, the oldest first', answer: AuditDaysAnswer })
  @Get('days')
  async days(): Promise<{ readonly days: readonly string[] }> {
    return { days: await this.desk.days() };
  }

  @Needs('read-audit')
  @Tells({ does: 'holds a day against its seals', body: VerifyBody, answer: AuditProofsAnswer })
  @Post('verify')
  @HttpCode(200)
  async verify(@Req() request: RawBody): Promise<{ readonly proofs: readonly AuditProof[] }> {
    return { proofs: await this.desk.verify(jsonBody(VerifyBody, request).day) };
  }
}
