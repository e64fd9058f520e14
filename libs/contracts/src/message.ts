import { z } from 'zod';
import { ContractError } from './errors.js';
import type { SiteId } from './ids.js';

/** A fact with a name and a version: routing key, AMQP `type`, log label and schema name are all `name`. */
export interface MessageContract<Name extends string = string, Payload extends { readonly site: SiteId } = { readonly site: SiteId }> {
  readonly name: Name;
  readonly schema: z.ZodType<Payload>;
  /** Refuses anything the contract does not say. For what we publish. */
  readonly publish: (payload: unknown) => Payload;
  /** Ignores fields that a newer release may have added. For what we hear. */
  readonly receive: (payload: unknown) => Payload;
}

/** Every payload names the site whose queue, or whose line in the audit, it belongs to. */
type MessageShape = z.ZodRawShape & { site: typeof SiteId };

/**
 * Defines a message. `name` is `<noun>.<participle>.v<n>`. Strict when published, tolerant on receipt; both throw
 * a `ContractError` that names the message and the field, and never the value.
 */
export function defineMessage<Name extends string, Shape extends MessageShape>(name: Name, shape: z.ZodObject<Shape>) {
  const strict = shape.strict();
  const tolerant = shape.strip();
  type Payload = z.infer<z.ZodObject<Shape>>;
  const parse = (schema: z.ZodType, payload: unknown): Payload => {
    const parsed = schema.safeParse(payload);
    if (parsed.success) return parsed.data as Payload;
    throw new ContractError(`message ${name} does not fit its contract`, { fields: parsed.error.issues.map((issue) => issue.path.join('.') || '(whole)') });
  };
  return {
    name,
    schema: strict as unknown as z.ZodType<Payload>,
    publish: (payload: unknown) => parse(strict, payload),
    receive: (payload: unknown) => parse(tolerant, payload),
  };
}

/** The payload of a contract. */
export type PayloadOf<Contract> = Contract extends { receive: (payload: unknown) => infer Payload } ? Payload : never;
