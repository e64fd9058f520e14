import {
  CATEGORIES,
  type CanonicalRecord,
  heartAsTold,
  OBS_VOID_REASON,
  obsAddedBy,
  obsIn,
  straysAfter,
  type TakenObs,
  type Writes,
} from '@sync-hub/categories';
import { type RecordRef, recordKey, type Uuid } from '@sync-hub/contracts';
import { itemPath, type Scalar } from '@sync-hub/merge';
import type { CallOptions } from '../site-client.js';
import { findObs } from './obs-whereabouts.js';
import { type RestSite, readRecord } from './read-record.js';
import { canonicalUuids, type Sides } from './uuid-map.js';

/** Has the record obs, which are written as resources of their own? */
export const hasObs = ({ category }: CanonicalRecord): boolean => CATEGORIES[category].lists.some(({ written }) => written.by === 'obs');

/** What the record shall hold once `writes` are done. */
export function wantedFields({ held, writes }: Sides): Readonly<Record<string, Scalar>> {
  const all = new Map<string, Scalar | undefined>([...Object.entries(held.presence === 'present' ? held.fields : {}), ...writes.fields]);
  return Object.fromEntries([...all].flatMap(([path, value]) => (value === undefined ? [] : [[path, value] as const])));
}

/**
 * Reads the list again after a write: what the site gave uuids of its own is remembered under them, and what the encounter
 * wrote anew though it was to go is voided. Vitals are never doubled, and what somebody typed is never voided.
 */
export async function settleObs(site: RestSite, sides: Sides, options: CallOptions): Promise<CanonicalRecord> {
  const after = await readRecord(site, sides.held.record, options);
  if (sides.writes.presence !== undefined) return after;
  if (after.presence === 'voided') await voidObsOf(site, sides.held.record, obsAddedBy(sides.held.fields, sides.writes.fields), options);
  if (after.presence !== 'present') return after;
  const { adopted, likeGone } = straysAfter({
    wanted: wantedFields(sides),
    before: sides.held.fields,
    after: after.fields,
    isKnown: (uuid) => itemPath('obs', uuid) in sides.incoming.fields,
  });
  for (const [uuid, local] of adopted) await site.aliases.remember({ aggregate: 'obs', uuid }, local);
  let isVoided = false;
  for (const [local, old] of likeGone) {
    if (!(await wasWrittenAnew(site, sides.held, old, options))) continue;
    await site.rest.write({ method: 'DELETE', path: `obs/${local}?reason=${OBS_VOID_REASON}` }, recordKey(sides.held.record), options);
    isVoided = true;
  }
  return adopted.size > 0 || isVoided ? readRecord(site, sides.held.record, options) : after;
}

/**
 * Had the site written this obs anew before our void of it came? What is voided is never written anew (openmrs-core ObsServiceImpl.saveObs), and keeps the reason
 * for which it was voided first (webservices.rest ObsResource1_8.delete). So what says the same as an obs that we found alive and voided is no copy of it: it was
 * typed by somebody who has seen it gone. Where the site does not tell, nothing is taken for a copy.
 */
async function wasWrittenAnew(site: RestSite, { itemUuids }: CanonicalRecord, old: Uuid, options: CallOptions): Promise<boolean> {
  const local = itemUuids[itemPath('obs', old)] ?? (await site.aliases.toLocal({ aggregate: 'obs', uuid: old }));
  const body = await site.rest.get(`obs/${encodeURIComponent(local)}?v=custom:(uuid,voided,auditInfo)`, { what: 'obs' }, options);
  const reason = (body?.['auditInfo'] as { voidReason?: unknown } | null | undefined)?.voidReason;
  return body?.['voided'] === true && typeof reason === 'string' && reason !== OBS_VOID_REASON;
}

/** Voids those of these obs that are alive in the record though it is voided: a write of ours that was under way when somebody voided it has made them there. */
export async function voidObsOf(site: RestSite, record: RecordRef, obs: readonly Uuid[], options: CallOptions): Promise<void> {
  for (const uuid of obs) {
    const local = await site.aliases.toLocal({ aggregate: 'obs', uuid });
    const found = await findObs(site, local, options);
    if (found === null || found.voided || found.record.uuid !== record.uuid) continue;
    await site.rest.write({ method: 'DELETE', path: `obs/${local}?reason=${OBS_VOID_REASON}` }, recordKey(record), options);
  }
}

/**
 * What is left to do: obs that are still missing or still there, the time and place that one keeps for itself and that its server has
 * changed with the encounter's, and the visit that the server has chosen for an encounter that has none (openmrs-core
 * ExistingVisitAssignmentHandler, on create only). An obs that came back with other content is not
 * tried again: that is for a person to see.
 */
export async function leftOfObs(site: RestSite, sides: Sides, after: CanonicalRecord, options: CallOptions): Promise<Writes> {
  return withoutMade(site, { ...sides, held: after, writes: openAfter(sides, after) }, options);
}

function openAfter({ held, incoming, writes }: Sides, after: CanonicalRecord): Writes {
  if (writes.presence !== undefined || after.presence !== 'present') return { fields: new Map() };
  const items = [...writes.fields].filter(([path]) => path.startsWith('obs[') && path.endsWith(']'));
  const open = items.filter(([path, value]) => (value === undefined) === path in after.fields).map(([path]) => path);
  const isMoved = (path: string, value: unknown): boolean =>
    /^obs\[.+\]\.(obsDatetime|location)$/.test(path) && value !== undefined && (after.fields[path] ?? null) !== value;
  const left = [...writes.fields].filter(([path, value]) => open.some((item) => path.startsWith(item)) || isMoved(path, value));
  const isAssigned = held.presence !== 'present' && incoming.covers.includes('visit') && (incoming.fields['visit'] ?? null) === null;
  const visit = isAssigned && (after.fields['visit'] ?? null) !== null ? [['visit', null] as const] : [];
  return { fields: new Map([...left, ...visit]) };
}

/**
 * What is left to do without the obs that the site has by now though its list does not show them: they were made a moment ago, and
 * somebody has corrected or voided them since. To make them again would overrule that person; that they are not there is read back.
 */
async function withoutMade(site: RestSite, left: Sides, options: CallOptions): Promise<Writes> {
  const isAdded = [...left.writes.fields].some(([path, value]) => path.startsWith('obs[') && value !== undefined);
  if (!isAdded) return left.writes;
  const made = await takenObsAt(site, left, options);
  const isOfMade = (path: string): boolean => [...made.keys()].some((uuid) => path.startsWith(itemPath('obs', uuid)));
  return { ...left.writes, fields: new Map([...left.writes.fields].filter(([path, value]) => value === undefined || !isOfMade(path))) };
}

/** Which uuids of obs that are to be added the site has already, though its list does not show them: voided there, or somewhere else. */
export async function takenObsAt(site: RestSite, sides: Sides, options: CallOptions): Promise<TakenObs> {
  if (sides.held.presence !== 'present') return new Map();
  const platform = await site.capabilities(options);
  const taken = new Map<string, 'voided-here' | 'elsewhere'>();
  const owner = await site.aliases.toLocal(sides.held.record);
  for (const [uuid, wanted] of obsIn(wantedFields(sides))) {
    if (itemPath('obs', uuid) in sides.held.fields) continue;
    const local = await site.aliases.toLocal({ aggregate: 'obs', uuid });
    const body = await site.rest.get(`obs/${encodeURIComponent(local)}?v=${CATEGORIES.observation.representation(platform)}`, { what: 'obs' }, options);
    if (body === null) continue;
    const group = (body['obsGroup'] as { uuid?: unknown } | null)?.uuid;
    const canonicalUuid = await canonicalUuids(site.aliases, typeof group === 'string' ? [{ aggregate: 'obs', uuid: group }] : []);
    const heart = heartAsTold(body, { platform, canonicalUuid });
    const isHere = sides.held.category === 'observation' || (body['encounter'] as { uuid?: unknown } | null)?.uuid === owner;
    taken.set(uuid, body['voided'] === true && isHere && heart === JSON.stringify(wanted.heart) ? 'voided-here' : 'elsewhere');
  }
  return taken;
}
