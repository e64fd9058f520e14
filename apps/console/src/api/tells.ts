import { SetMetadata } from '@nestjs/common';
import type { z } from 'zod';

/** What a path takes and tells, for whoever asks it: `docs/openapi.json` is drawn from it, and the workbench's own client from that. */
export interface Tells {
  /** In a few words. */
  readonly does: string;
  /** `null` where it answers without a body. */
  readonly answer: z.ZodType | null;
  readonly body?: z.ZodType;
  readonly query?: z.ZodObject;
  /** Why it refuses, by status, beside what all of them do. */
  readonly refuses?: Readonly<Partial<Record<404 | 409 | 429, string>>>;
}

export const TELLS = 'sync-hub:tells';

export const Tells = (tells: Tells): MethodDecorator => SetMetadata(TELLS, tells);
