import type { z } from 'zod';
import type { ReportingTo } from '../reporting-work.js';
import { bodyAs } from './body-as.js';
import { openBody, sealBody } from './sealed-body.js';
import { tellInstance } from './tell-instance.js';

/** What is told to the instance that this one reports to, at which of its paths, and in what shape that answers. */
export interface SealedTelling<Answer> {
  readonly path: string;
  readonly report: unknown;
  readonly answer: z.ZodType<Answer>;
}

/** Tells it, sealed and signed, and answers with what it says. Throws a SyncError with a code where it is not told, or is answered by somebody else. */
export async function tellSealed<Answer>(
  { url, instance, secret }: ReportingTo,
  { path, report, answer }: SealedTelling<Answer>,
  ending: AbortSignal,
): Promise<Answer> {
  const to = { address: `${url}/${path}/${instance}`, secret, contentType: 'application/octet-stream' };
  return bodyAs(answer, openBody(await tellInstance(to, sealBody(report, secret, 'up'), ending), secret, 'down'));
}
