import {
  type CanonicalRecord,
  type Category,
  categoryToWrite,
  listPathOf,
  type PlanOptions,
  type Provenance,
  type Step,
  type Writes,
  writtenAfterCreate,
} from '@sync-hub/categories';
import { SyncError } from '@sync-hub/contracts';
import { covers } from '@sync-hub/merge';
import type { SiteCapabilities } from '../capabilities.js';
import { isFhirAlone, writeByFhirAlone } from '../fhir/fhir-records.js';
import { writtenByFhir } from '../fhir/write-by-fhir.js';
import type { CallOptions } from '../site-client.js';
import { refuseIdentifierInUse } from './identifier-in-use.js';
import { hasOwnRest, writeByOwnRest } from './own-rest.js';
import { type RestSite, readRecord } from './read-record.js';
import { alsoRoles, rolesByName } from './roles-by-name.js';
import { hasObs, leftOfObs, settleObs, takenObsAt } from './settle-obs.js';
import { writeSettled } from './settle-preferred.js';
import { localUuids, recordsIn, type Sides } from './uuid-map.js';

/** Refusals behind which another patient may stand who has the identifier. */
const MAY_BE_IN_USE: ReadonlySet<string> = new Set(['identifier-in-use', 'refused', 'server-error']);

/** A write that more than three plans do not finish is for the next look. */
const MOST_PASSES = 3;

/**
 * Does what `writes` asks for and reads the record back. Further passes see to what only an answer could tell: preferred items
 * whose uuid the server gave, what had to wait for them, obs that the server wrote anew. The first request that fails ends it:
 * what was done until then is for the next look to find.
 */
export async function writeRecord(site: RestSite, sides: Sides, options: CallOptions): Promise<CanonicalRecord> {
  const care = hasObs(sides.incoming);
  const sent: Step[] = [];
  let left = sides;
  await runPlan(site, { ...left, sent }, options);
  for (let pass = 1; ; pass += 1) {
    const after = care ? await settleObs(site, left, options) : await readRecord(site, sides.held.record, options);
    const writes = withoutUndone(care ? await leftOfObs(site, left, after, options) : leftOf(left, after), after, sent);
    left = { ...sides, held: after, writes };
    if (writes.fields.size === 0 || pass === (care ? MOST_PASSES : 2) || !(await runPlan(site, { ...left, sent }, options))) return after;
  }
}

interface Pass extends Sides {
  /** What this write has sent so far. */
  readonly sent: Step[];
}

/** True where there was anything to do. */
async function runPlan(site: RestSite, { sent, ...sides }: Pass, options: CallOptions): Promise<boolean> {
  const { held, incoming, writes } = sides;
  const platform = await site.capabilities(options);
  const category = categoryToWrite(held, incoming, writes);
  if (isFhirAlone(category)) return writeByFhirAlone(site, category, sides, options);
  if (hasOwnRest(category)) return writeByOwnRest(site, category, sides, options);
  const known = await localUuids(site.aliases, recordsIn(held, incoming));
  const localUuid = category.name === 'user' ? alsoRoles(await rolesByName(site, options), known) : known;
  if (await writtenByFhir(site, category, sides, options)) return true;
  const provenance = held.presence === 'absent' ? await provenanceAt(site, platform, incoming.provenance, options) : undefined;
  const takenObs = hasObs(incoming) ? await takenObsAt(site, sides, options) : new Map();
  const plan = (more: Partial<PlanOptions> = {}) =>
    category.planSteps(held, incoming, writes, { platform, localUuid, takenObs, ...(provenance === undefined ? {} : { provenance }), ...more });
  const steps = plan();
  const takenItemUuids = await takenUuids(site, steps, options);
  const settled = takenItemUuids.size === 0 ? steps : plan({ takenItemUuids });
  sent.push(...settled);
  for (const step of settled) await run(site, { step, category, held }, options);
  return steps.length > 0;
}

/** Who and when, as far as the site takes it and knows who: webservices.rest 3.0 with the privilege `Set Audit Data` (BaseDelegatingResource.buildCreatableProperties); of whom our account may not see, nothing is said. */
async function provenanceAt(
  { users }: RestSite,
  { setAuditData, namesCreators }: SiteCapabilities,
  { creator, dateCreated }: Provenance,
  options: CallOptions,
): Promise<Pick<Provenance, 'creator' | 'dateCreated'> | undefined> {
  if (!setAuditData || dateCreated === null) return undefined;
  return { dateCreated, creator: namesCreators && creator !== null && (await users.has(creator, options)) ? creator : null };
}

async function run(
  site: RestSite,
  { step, category, held }: { readonly step: Step; readonly category: Category; readonly held: CanonicalRecord },
  options: CallOptions,
): Promise<void> {
  try {
    const uuid = await writeSettled(site.rest, step, held, options);
    if (step.obs !== undefined && uuid !== null && uuid !== step.obs) await site.aliases.remember({ aggregate: 'obs', uuid: step.obs }, uuid);
    if (step.creates === 'record' && uuid !== null && uuid !== held.record.uuid) await site.aliases.remember(held.record, uuid);
  } catch (error) {
    // Validators tell it in a localised text with the identifier in it, so the server is asked instead.
    if (error instanceof SyncError && category.name === 'patient' && MAY_BE_IN_USE.has(error.code)) await refuseIdentifierInUse(site, step, held, options);
    throw error;
  }
}

/** Which of the uuids that new items would get are in use at the site, by a voided row for instance, which no list shows. */
async function takenUuids({ rest }: RestSite, steps: readonly Step[], options: CallOptions): Promise<ReadonlySet<string>> {
  const taken = new Set<string>();
  for (const { creates, path, body } of steps) {
    const uuid = body?.['uuid'];
    if (creates !== 'item' || path === 'obs' || typeof uuid !== 'string') continue;
    if ((await rest.get(`${path}/${encodeURIComponent(uuid)}?v=custom:(uuid)`, { what: 'item' }, options)) !== null) taken.add(uuid);
  }
  return taken;
}

/** Preferred items that were asked for and are not yet, items that were to go and are there, and what no create takes: only these may wait for an answer. */
function leftOf({ held, writes: { fields, presence } }: Sides, after: CanonicalRecord): Writes {
  if (presence !== undefined || after.presence !== 'present') return { fields: new Map() };
  const later = held.presence === 'absent' ? writtenAfterCreate(after.category) : new Set();
  const isLeft = (path: string, value: unknown) =>
    later.has(listPathOf(path)?.list)
      ? covers(after, path) && after.fields[path] !== value
      : value === undefined
        ? path in after.fields
        : /^preferred(Name|Address|Identifier)$/.test(path) && after.covers.includes(path) && after.fields[path] !== value;
  return { fields: new Map([...fields].filter(([path, value]) => isLeft(path, value))) };
}

/**
 * Without the items that are to go and whose row this very write has changed or voided: what they say stood there no more then, and somebody has put it back
 * since. To void it would overrule that person; that it stands there is read back.
 */
function withoutUndone({ fields, ...more }: Writes, { itemUuids }: CanonicalRecord, sent: readonly Step[]): Writes {
  const written = new Set(sent.map(({ path }) => path.split('?')[0]?.split('/').at(-1)));
  const isUndone = (path: string, value: unknown): boolean => value === undefined && written.has(itemUuids[path]) && itemUuids[path] !== undefined;
  return { ...more, fields: new Map([...fields].filter(([path, value]) => !isUndone(path, value))) };
}
