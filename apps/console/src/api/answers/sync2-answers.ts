import { z } from 'zod';
import { OPERATIONS, type Sync2Message } from '../../audit/sync2-message.js';
import { exactly } from '../exactly.js';
import { text } from './parts.js';

/** Sync 2.0's own names, and its own way of telling times. */
export const Sync2MessageAnswer = exactly<Sync2Message>()(
  z.strictObject({
    id: z.number(),
    uuid: z.string(),
    success: z.boolean(),
    timestamp: z.string().meta({ description: '`yyyy-MM-dd HH:mm:ss` in the time zone of the process, as Sync 2.0 told it' }),
    resourceName: z.string(),
    usedResourceUrl: text,
    availableResourceUrls: text,
    parentUrl: text,
    localUrl: text,
    action: text,
    operation: z.enum(OPERATIONS).nullable(),
    details: z.string(),
    linkType: z.string(),
    nextMessageUuid: text,
    creatorInstanceId: z.string(),
    voided: z.boolean(),
    mergeConflictUuid: text,
  }),
).meta({ id: 'Sync2Message' });

export const Sync2PageAnswer = z
  .strictObject({ itemsCount: z.int(), page: z.int(), pageSize: z.int(), data: z.array(Sync2MessageAnswer) })
  .meta({ id: 'Sync2Page' });

export const Sync2ResolvedAnswer = z.strictObject({ url: z.string() });
