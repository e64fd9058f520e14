import { Controller, Get, Inject, NotFoundException, Param, Query, UseFilters } from '@nestjs/common';
import type { Configuration } from '@sync-hub/configuration';
import { OWN_AUDIT } from '@sync-hub/contracts';
import { AUDIT_KINDS, type AuditMessageRepository } from '@sync-hub/persistence';
import { z } from 'zod';
import { Needs } from '../access/needs.js';
import { Sync2MessageAnswer, Sync2PageAnswer } from '../api/answers/sync2-answers.js';
import { Tells } from '../api/tells.js';
import { invalid } from '../conflicts/json-body.js';
import { Sync2Filter } from '../conflicts/sync2.filter.js';
import { aggregateOfResource, OPERATIONS, type Sync2Message, sync2Message, targetsOf } from './sync2-message.js';

/** Injection token of what the audit's messages are read from. */
export const AUDIT_MESSAGES = Symbol('AuditMessages');

export interface ReadsMessages {
  readonly messages: Pick<AuditMessageRepository, 'page' | 'find'>;
  readonly configuration: () => Configuration;
}

const number = (most: number, what: string) =>
  z
    .string()
    .regex(/^[1-9]\d{0,5}$/, what)
    .transform(Number)
    .refine((one) => one <= most, what);

const word = z.string('is asked for; ALL is whatever').min(1).max(100);

/** As Sync 2.0's, whose unknown operations were all of them. */
const Asked = z.looseObject({
  pageIndex: number(100_000, 'is the number of a page, from 1 on').default(1),
  pageSize: number(500, 'is 1 to 500').default(100),
  success: z
    .string('is ALL, SUCCESS or FAILURE')
    .toUpperCase()
    .pipe(z.enum(['ALL', 'SUCCESS', 'FAILURE'], 'is ALL, SUCCESS or FAILURE')),
  operation: word.toUpperCase(),
  resourceName: word,
  creatorInstanceId: word,
});

const FAILS = { 500: 'it failed, as Sync 2.0 said it: without a word (`{}`)' } as const;

export interface Sync2Page {
  readonly itemsCount: number;
  readonly page: number;
  readonly pageSize: number;
  readonly data: readonly Sync2Message[];
}

/**
 * Sync 2.0's audit for clients that have it (openmrs-module-sync2 1.4, `messages`), the newest first: how jobs ended, and those that are held. It is read only: nobody writes into the audit, or takes
 * anything out of it. 400 what a parameter should be, 401 for nobody, 404 what is not there.
 */
@Controller('/ws/rest/sync2/messages')
@UseFilters(Sync2Filter)
export class Sync2MessagesController {
  constructor(@Inject(AUDIT_MESSAGES) private readonly audit: ReadsMessages) {}

  @Needs('read-audit', { basic: true })
  @Tells({ does: 'how jobs ended, and those that are held, as Sync 2.0 told of them, the newest first', query: Asked, answer: Sync2PageAnswer, refuses: FAILS })
  @Get()
  async list(@Query() query: Readonly<Record<string, unknown>>): Promise<Sync2Page> {
    const read = Asked.safeParse(query);
    if (!read.success) throw invalid(read.error.issues.map(({ path, message }) => ({ path: path.join('.'), problem: message })));
    const { pageIndex, pageSize, success, operation, resourceName, creatorInstanceId } = read.data;
    const current = this.audit.configuration();
    const known = OPERATIONS.find((one) => one === operation);
    const { count, lines } = await this.audit.messages.page({
      success: success === 'ALL' ? null : success === 'SUCCESS',
      targets: known === undefined ? null : targetsOf(known, current),
      aggregate: aggregateIn(resourceName),
      origin: creatorInstanceId === 'ALL' ? null : creatorInstanceId === current.instance.id ? OWN_AUDIT : creatorInstanceId,
      offset: (pageIndex - 1) * pageSize,
      limit: pageSize,
    });
    return { itemsCount: count, page: pageIndex, pageSize, data: lines.map((line) => sync2Message(line, current)) };
  }

  @Needs('read-audit', { basic: true })
  @Tells({ does: 'one of them', answer: Sync2MessageAnswer, refuses: FAILS })
  @Get(':uuid')
  async one(@Param('uuid') uuid: string): Promise<Sync2Message> {
    const [, kind, id] = /^([a-z]+)-([1-9]\d{0,17})$/.exec(uuid) ?? [];
    const known = AUDIT_KINDS.find((one) => one === kind);
    const line = known === undefined || id === undefined ? null : await this.audit.messages.find(known, id);
    if (line === null) throw new NotFoundException("The entity doesn't exists");
    return sync2Message(line, this.audit.configuration());
  }
}

function aggregateIn(resourceName: string): string | null {
  if (resourceName.toUpperCase() === 'ALL') return null;
  const aggregate = aggregateOfResource(resourceName);
  if (aggregate === null) throw invalid([{ path: 'resourceName', problem: 'is ALL, or a category' }]);
  return aggregate;
}
