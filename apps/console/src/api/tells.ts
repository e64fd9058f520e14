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
  /** What it answers in, where that is no JSON. */
  readonly as?: readonly string[];
  /** Why it refuses, by status, beside what all of them do. What fails where nobody foresaw it is 503, unless there is a 500. */
  readonly refuses?: Readonly<Partial<Record<400 | 401 | 404 | 409 | 422 | 429 | 500, string>>>;
}

export const TELLS = 'sync-hub:tells';

export const Tells = (tells: Tells): MethodDecorator => SetMetadata(TELLS, tells);
