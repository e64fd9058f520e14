import { BadRequestException } from '@nestjs/common';
import { ContractError } from '@sync-hub/contracts';
import type { z } from 'zod';

const WHOLE = '(the whole body)';

/** A body in that shape. Throws ContractError with the path of what is wrong, and what would be right; never a value. */
export function bodyAs<Shape>(schema: z.ZodType<Shape>, body: Buffer): Shape {
  const read = schema.safeParse(jsonIn(body));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const path = issue?.path.join('.') || WHOLE;
  throw new ContractError(`${path}: ${issue?.message ?? 'is not as it should be'}`, { path });
}

function jsonIn(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    throw new ContractError(`${WHOLE}: is no JSON`, { path: WHOLE });
  }
}

/** What is read of a request; one of the wrong shape is answered with 400, and with what is wrong where. */
export function readOrRefuse<Read>(read: () => Read): Read {
  try {
    return read();
  } catch (error) {
    if (error instanceof ContractError) throw new BadRequestException(error.message);
    throw error;
  }
}
