import { RefusedError } from '@sync-hub/contracts';
import { type Fields, PRESENCE } from '@sync-hub/merge';
import type { CanonicalRecord } from './canonical.js';
import type { Body, CategorySpec } from './category-spec.js';
import { requireComplete, requireWritable } from './encode-create.js';
import { overlay } from './plan-steps.js';
import type { Platform, UuidTranslation } from './platform.js';
import type { Writes } from './step.js';
import { requireHeld, requireSayable, type WrittenWhole } from './written-whole.js';

/** What a site calls what it keeps by name, by its own uuid; `null` where it has none of that name. */
export type UuidOfName = (resource: string, name: string) => string | null;

/** How a module's own REST, which is not that of webservices.rest, reads and writes a kind of record. Paths come after `/ws/rest/v1/`. */
export interface OwnRest extends WrittenWhole {
  readonly readAt: (uuid: string) => string;
  /** Takes a body with the uuid of what is there, or makes another under a uuid of the server's. */
  readonly postedAt: string;
  /** Where what hangs on a patient is searched for, and by what body. */
  readonly listedAt: string;
  readonly listedWith: (patient: string) => Body;
  /** The privilege to see any. */
  readonly privilege: string;
  /** Resources by whose names such records refer to something. */
  readonly namedBy: readonly string[];
  /** A body in the shape that the category reads. */
  readonly told: (body: Body, platform: Platform) => Body;
  /** The body that says all these fields. Throws RefusedError where it names what the site has not. */
  readonly said: (fields: Fields, at: SaidAt) => Body;
  /** What only a create says. */
  readonly saidOnce: readonly string[];
}

/** What a body may depend on. */
export interface SaidAt {
  readonly localUuid: UuidTranslation;
  readonly uuidOfName: UuidOfName;
}

interface Sides {
  readonly held: CanonicalRecord;
  readonly writes: Writes;
}

/** The body to post so that `held` holds `writes`; `null` where nothing is to be done. Throws RefusedError where no request can. */
export function planOwnRest(
  spec: CategorySpec & { readonly ownRest: OwnRest },
  { held, writes }: Sides,
  { platform, ...at }: SaidAt & { readonly platform: Platform },
): Body | null {
  const { ownRest } = spec;
  if (writes.presence === undefined && writes.fields.size === 0) return null;
  const isThere = held.presence === 'present' || held.presence === 'voided';
  if (spec.staysInUse !== undefined && (writes.presence === 'voided' || (isThere && writes.presence === 'present')))
    throw new RefusedError('unsupported', `a ${spec.name} stays in use there: ${spec.staysInUse}`, { fields: [PRESENCE] });
  requireWritable(spec, platform);
  const wanted = overlay(isThere ? held.fields : {}, writes);
  requireHeld(spec, ownRest, overlay({}, writes), platform);
  if (!isThere) {
    requireComplete(spec, wanted, platform);
    return ownRest.said(wanted, at);
  }
  requireSayable(spec, ownRest, writes, wanted);
  const again = Object.fromEntries(Object.entries(wanted).filter(([name]) => !ownRest.saidOnce.includes(name)));
  return { uuid: at.localUuid(held.record.aggregate, held.record.uuid), ...ownRest.said(again, at) };
}
