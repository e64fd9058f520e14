import type { z } from 'zod';
import { bodyAs, readOrRefuse } from './body-as.js';
import { type Answering, demandSigned, type RawRequest, signAnswer } from './demand-signed.js';
import { openBody, sealBody } from './sealed-body.js';

/** A response that is ended with bytes. */
export interface EndingWithBytes extends Answering {
  end(body: Buffer): unknown;
}

/** Who asks, and by which secret they are known; without one nobody is believed. */
export interface SealedAsking {
  readonly request: RawRequest;
  readonly response: EndingWithBytes;
  readonly secret: string | undefined;
}

/** Answers a report that came sealed and signed, with what `take` makes of it, sealed and signed. Refuses what is signed by somebody else (401), and what is no such report (400); nothing of either is said in words. */
export async function answerSealed<Report>(
  { request, response, secret }: SealedAsking,
  schema: z.ZodType<Report>,
  take: (report: Report) => Promise<unknown>,
): Promise<void> {
  const sealed = demandSigned(request, secret);
  const known = secret ?? '';
  const report = readOrRefuse(() => bodyAs(schema, openBody(sealed, known, 'up')));
  const answer = sealBody(await take(report), known, 'down');
  signAnswer(response, request, answer, known);
  response.setHeader('content-type', 'application/octet-stream');
  response.end(answer);
}
