import { isUtf8 } from 'node:buffer';
import { BadRequestException, UnsupportedMediaTypeException } from '@nestjs/common';
import { ContractError } from '@sync-hub/contracts';
import { bodyAs } from '@sync-hub/runtime';
import type { z } from 'zod';

/** A request as our ports get it: its body raw. */
export interface RawBody {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body?: unknown;
}

/** No form of a page elsewhere can send this type without asking first, which is answered to nobody. */
const JSON_TYPE = /^application\/json\s*(?:;|$)/i;

/** The body of a request in that shape. Throws what is answered with 415, or with 400 and the place and what would be right there; never a value. */
export function jsonBody<Shape>(schema: z.ZodType<Shape>, { headers, body }: RawBody): Shape {
  if (!JSON_TYPE.test(String(headers['content-type'] ?? ''))) throw new UnsupportedMediaTypeException({ error: 'a body is application/json' });
  const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
  if (!isUtf8(bytes)) throw invalid([{ path: '(the whole body)', problem: 'is UTF-8' }]);
  try {
    return bodyAs(schema, bytes);
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    const [path = '', ...problem] = error.message.split(': ');
    throw invalid([{ path, problem: problem.join(': ') }]);
  }
}

interface Problem {
  readonly path: string;
  readonly problem: string;
}

/** What is answered with 400. */
export const invalid = (problems: readonly Problem[]): BadRequestException => new BadRequestException({ error: 'invalid', problems });
