import { RefusedError } from '@sync-hub/contracts';
import { type Fields, fieldName, PRESENCE } from '@sync-hub/merge';
import type { CanonicalRecord } from '../canonical.js';
import type { Body, CategorySpec } from '../category-spec.js';
import { requireComplete, requireWritable } from '../encode-create.js';
import { overlay } from '../plan-steps.js';
import type { Platform, UuidTranslation } from '../platform.js';
import type { Writes } from '../step.js';
import { requireHeld, requireSayable, type WrittenWhole } from '../written-whole.js';
import type { FhirJson } from './fhir-view.js';

/** How fhir2 reads and writes a kind of record that nothing else knows. */
export interface FhirAlone extends WrittenWhole {
  readonly resource: string;
  /** A resource in the shape that the category reads. Throws ContractError with a path where it cannot. */
  readonly told: (resource: FhirJson, platform: Platform) => Body;
  /** The resource that says these fields. */
  readonly said: (fields: Fields, localUuid: UuidTranslation) => FhirJson;
  /** Live ones of a patient, as a search says it, by the uuid that she has there. */
  readonly listedBy: (patient: string) => string;
  /** Set where a body leaves as it is all that it does not say: then no more is said than what changes. */
  readonly saysChangesAlone?: true;
}

/** One request that writes. A create is answered with the uuid that the server has given it. */
export type FhirWrite =
  | { readonly method: 'POST' | 'PUT'; readonly path: string; readonly resource: FhirJson }
  | { readonly method: 'DELETE'; readonly path: string };

interface Sides {
  readonly held: CanonicalRecord;
  readonly incoming: CanonicalRecord;
  readonly writes: Writes;
}

/** The request that makes `held` hold `writes`; `null` where nothing is to be done. Throws RefusedError where no request can. */
export function planFhirAlone(
  spec: CategorySpec & { readonly fhirAlone: FhirAlone },
  { held, writes }: Sides,
  { platform, localUuid }: { readonly platform: Platform; readonly localUuid: UuidTranslation },
): FhirWrite | null {
  const { resource, said } = spec.fhirAlone;
  const path = `${resource}/${localUuid(held.record.aggregate, held.record.uuid)}`;
  const isThere = held.presence === 'present' || held.presence === 'voided';
  if (writes.presence === 'voided') return isThere ? { method: 'DELETE', path } : null;
  if (writes.presence === undefined && writes.fields.size === 0) return null;
  requireWritable(spec, platform);
  if (isThere && writes.presence === 'present')
    throw new RefusedError('unsupported', `a ${spec.name} cannot be brought back: ${spec.cannotRestore?.(platform) ?? 'nothing is told of it'}`, {
      fields: [PRESENCE],
    });
  const wanted = overlay(isThere ? held.fields : {}, writes);
  requireHeld(spec, spec.fhirAlone, overlay({}, writes), platform);
  if (!isThere) {
    requireComplete(spec, wanted, platform);
    return { method: 'POST', path: resource, resource: { ...said(wanted, localUuid), resourceType: resource } };
  }
  requireSayable(spec, spec.fhirAlone, writes, wanted);
  const toSay = spec.fhirAlone.saysChangesAlone === true ? touchedOf(writes, wanted) : wanted;
  return { method: 'PUT', path, resource: { ...said(toSay, localUuid), resourceType: resource, id: path.slice(resource.length + 1) } };
}

/** What is changed, lists whole. */
function touchedOf({ fields }: Writes, wanted: Fields): Fields {
  const touched = new Set([...fields.keys()].map(fieldName));
  return Object.fromEntries(Object.entries(wanted).filter(([path]) => touched.has(fieldName(path))));
}
