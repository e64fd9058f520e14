import { z } from 'zod';
import type { CanonicalRecord } from './canonical.js';
import { type Body, type CategorySpec, type DecodeOptions, scalarOwner } from './category-spec.js';
import { decodeBody, rowsOf } from './decode.js';
import { type EncodeOptions, encodeCreate } from './encode-create.js';
import { type Hand, handsOn } from './hands.js';
import type { Owner } from './list.js';
import { holderOf } from './nested-scalars.js';
import { type PlanOptions, planSteps } from './plan-steps.js';
import { AuditShape } from './read-shape.js';
import type { Step, Writes } from './step.js';

/** One kind of record, ready for use. */
export interface Category extends CategorySpec {
  /** A body as the one in-house shape. Throws ContractError naming the path, what was found and what is allowed; never a value. */
  readonly decode: (body: unknown, options: DecodeOptions) => CanonicalRecord;
  /** Who saved each of the rows last whose writes are writes of this record, as a body of it tells. */
  readonly hands: (body: Body) => readonly Hand[];
  /** The one request that creates the record as it is told, uuids of its items included. Throws RefusedError `incomplete` or `cannot-hold`. */
  readonly encodeCreate: (canonical: CanonicalRecord, options: EncodeOptions) => Step;
  /** The requests, in order, that make `held` hold `writes`. */
  readonly planSteps: (held: CanonicalRecord, incoming: CanonicalRecord, writes: Writes, options: PlanOptions) => readonly Step[];
}

/** Defines a category: everything about one kind of record, on one screen. */
export function defineCategory(spec: CategorySpec): Category {
  const shape = bodyShape(spec);
  return {
    ...spec,
    decode: (body, options) => decodeBody(spec, shape, body, options),
    hands: (body) => handsOn(rowsOf(spec, body)),
    encodeCreate: (canonical, options) => encodeCreate(spec, canonical, options),
    planSteps: (held, incoming, writes, options) => planSteps(spec, { held, incoming, writes }, options),
  };
}

function scalarShapes(spec: CategorySpec): z.ZodRawShape {
  const shapes = Object.entries(spec.scalars).map(([name, { shape }]) => [name, shape] as const);
  const inside = Object.keys(spec.nested ?? {}).map((key) => {
    const members = shapes.filter(([name]) => holderOf(spec, name) === key);
    return [key, z.looseObject(Object.fromEntries(members)).nullish()] as const;
  });
  return Object.fromEntries([...shapes.filter(([name]) => holderOf(spec, name) === undefined), ...inside]);
}

/** The shape of a category's body, items of lists aside. Tolerant: keys may be missing (a missing privilege drops them) and unknown ones are passed over. */
function bodyShape(spec: CategorySpec): z.ZodType<Body> {
  const ownerShape = (owner: Owner): z.ZodRawShape => ({
    ...(owner === scalarOwner(spec) ? scalarShapes(spec) : {}),
    ...Object.fromEntries(spec.lists.filter((list) => list.owner === owner).map((list) => [list.name, z.array(z.unknown()).nullish()])),
    [spec.deleted]: z.boolean().nullish(),
    auditInfo: AuditShape,
  });
  const at = (place: 'body' | 'person') =>
    spec.owners.filter((owner) => owner.at === place).reduce<z.ZodRawShape>((raw, { owner }) => ({ ...raw, ...ownerShape(owner) }), {});
  const nested = at('person');
  return z.looseObject({ ...at('body'), ...(Object.keys(nested).length === 0 ? {} : { person: z.looseObject(nested) }) });
}
