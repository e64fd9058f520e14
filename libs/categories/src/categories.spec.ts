import { describe, expect, it } from '@jest/globals';
import type { Aggregate } from '@sync-hub/contracts';
import type { Fields, Scalar } from '@sync-hub/merge';
import fc from 'fast-check';
import { straysAfter } from './adopt-obs.js';
import { absentRecord, CATEGORIES, categoriesOf, categoryToWrite, writtenAfterCreate } from './all-categories.js';
import type { CanonicalRecord, RecordCategory } from './canonical.js';
import type { Category } from './define-category.js';
import { metadataNamed } from './metadata-references.js';
import { pathBelow } from './place.js';
import type { PlanOptions } from './plan-steps.js';
import { MODERN_PLATFORM, type Platform, type UuidTranslation } from './platform.js';
import { type Step, VOID_REASON, type Writes } from './step.js';
import { arbitraryFields, arbitraryRecord } from './testing/arbitrary-records.js';
import { RestImitation } from './testing/rest-imitation.js';

const OLD_PLATFORM: Platform = {
  addressLines: 6,
  hasBirthtime: false,
  hasDeathdateEstimated: false,
  hasCauseOfDeathNonCoded: false,
  takesUuids: false,
  hasFormFields: false,
  hasObsStatus: false,
  takesIsoMoments: false,
  timeZone: 'Africa/Nairobi',
  takesItemUuids: false,
  demotesIdentifiers: false,
  hasUniquenessBehavior: false,
  hasCheckDigit: true,
  hasConceptSourceIds: false,
  hasProgramAttributes: false,
  hasProviderRoles: false,
  hasDrugIngredients: false,
  tellsDrugMaps: false,
  writesConcepts: false,
  hasConceptPrecision: false,
  takesStates: false,
  hasOrderEntry: false,
  writesOrderFrequencies: false,
  hasProgramOutcomes: false,
  hasConditions: false,
  hasMemberships: false,
  updatesUsers: false,
  hasUserEmail: false,
  replacesConditions: false,
  hasDiagnosisFormFields: false,
  hasNonCodedDrugs: false,
  hasMedicationDispenses: false,
  hasAllergies: false,
  hasDiagnosticReports: false,
  tellsReportsWhole: false,
  hasAppointments: false,
  hasAppointmentReasons: false,
  appointmentStatuses: [],
  hasTasks: false,
  hasTaskFocus: false,
  taskStatuses: [],
  undeletes: false,
};
/** One that changes in place what a newer one makes anew. */
const EARLIER_PLATFORM: Platform = { ...MODERN_PLATFORM, replacesConditions: false };
const PLATFORMS = { modern: MODERN_PLATFORM, earlier: EARLIER_PLATFORM, old: OLD_PLATFORM };
const isAnew = (category: RecordCategory, platform: Platform): boolean => (CATEGORIES[category].replacedWhenChanged?.(platform) ?? null) !== null;
/** What only fhir2 or a module of its own knows is written by no step of webservices.rest. */
const BY_REST = Object.values(CATEGORIES).flatMap(({ name, fhirAlone, ownRest }) => (fhirAlone === undefined && ownRest === undefined ? [name] : []));
const EVERY = BY_REST.flatMap((category) =>
  Object.entries(PLATFORMS)
    .filter(([age]) => age !== 'earlier' || isAnew(category, MODERN_PLATFORM))
    .map(([age, platform]) => ({ category, age, platform, reason: CATEGORIES[category].unsupported?.(platform) ?? null })),
);
// What is only changed cannot be made here first.
const ALL = EVERY.filter(({ reason, category }) => reason === null && CATEGORIES[category].updatesOnly !== true);
const UNSUPPORTED = EVERY.filter(({ reason }) => reason !== null);

/** A site, and the uuids it has given by itself to what it would not take ours for. */
class Site {
  readonly rest: RestImitation;
  private readonly local = new Map<string, string>();
  private readonly known = new Map<string, string>();

  constructor(readonly platform: Platform) {
    this.rest = new RestImitation(platform);
  }

  readonly localUuid: UuidTranslation = (aggregate, uuid) => this.local.get(`${aggregate}/${uuid}`) ?? uuid;
  private readonly canonicalUuid: UuidTranslation = (aggregate, uuid) => this.known.get(`${aggregate}/${uuid}`) ?? uuid;

  remember(aggregate: Aggregate, uuid: string, local: string): void {
    this.local.set(`${aggregate}/${uuid}`, local);
    this.known.set(`${aggregate}/${local}`, uuid);
  }

  read({ record }: CanonicalRecord): CanonicalRecord {
    const uuid = this.localUuid(record.aggregate, record.uuid);
    const spec = categoriesOf(record.aggregate).find((one) => this.rest.body(one.resource as never, uuid) !== undefined);
    if (spec === undefined) return absentRecord(record);
    return spec.decode(this.rest.body(spec.resource as never, uuid), { record, client: 'rest', platform: this.platform, canonicalUuid: this.canonicalUuid });
  }

  create(record: CanonicalRecord): void {
    const absent = absentRecord(record.record);
    const writes = { fields: new Map(Object.entries(record.fields)) };
    this.run(absent, CATEGORIES[record.category].planSteps(absent, record, writes, { platform: this.platform }));
    if (writtenAfterCreate(record.category).size > 0) this.write(this.read(record), record, writes);
  }

  /** Plans, does, reads back and plans what is left, as the client does. */
  write(held: CanonicalRecord, incoming: CanonicalRecord, writes: Writes): CanonicalRecord {
    let now = held;
    for (let pass = 0; pass < 3; pass += 1) {
      const left = { ...writes, fields: new Map([...writes.fields].filter(([path, value]) => now.fields[path] !== value)) };
      const wanted = overlay(now.fields, left);
      this.run(now, categoryToWrite(now, incoming, left).planSteps(now, incoming, left, this.options(now, wanted)));
      const after = this.read(held);
      const { adopted, likeGone } = straysAfter({ wanted, before: now.fields, after: after.fields, isKnown: () => true });
      expect([...likeGone]).toEqual([]);
      for (const [uuid, local] of adopted) this.remember('obs', uuid, local);
      now = this.read(held);
    }
    return now;
  }

  private options(now: CanonicalRecord, wanted: Fields): PlanOptions {
    const added = Object.keys(wanted).flatMap((path) => (/^obs\[[^\]]*\]$/.test(path) && !(path in now.fields) ? [path.slice(4, -1)] : []));
    const taken = added.filter((uuid) => this.rest.body('obs', this.localUuid('obs', uuid)) !== undefined);
    return { platform: this.platform, localUuid: this.localUuid, takenObs: new Map(taken.map((uuid) => [uuid, 'voided-here'] as const)) };
  }

  private run({ record }: CanonicalRecord, steps: readonly Step[]): void {
    for (const step of steps) {
      const { status, uuid } = this.rest.apply(step);
      expect([200, 201, 204]).toContain(status);
      if (step.creates === 'record' && uuid !== undefined && uuid !== record.uuid) this.remember(record.aggregate, record.uuid, uuid);
    }
  }
}

const overlay = (held: Fields, { fields }: Writes): Fields => {
  const all = new Map<string, Scalar | undefined>([...Object.entries(held), ...fields]);
  return Object.fromEntries([...all].flatMap(([path, value]) => (value === undefined ? [] : [[path, value] as const])));
};

const writesFor = (from: CanonicalRecord, to: Readonly<Record<string, Scalar>>): Writes => {
  const gone = Object.keys(from.fields).filter((path) => path.includes('[') && !(path in to));
  const changed = Object.entries(to).filter(([path, value]) => from.fields[path] !== value);
  return { fields: new Map<string, Scalar | undefined>([...changed, ...gone.map((path) => [path, undefined] as const)]) };
};

interface Keeping {
  readonly keep: readonly boolean[];
  readonly platform: Platform;
}

/** Some items stay, so that lists are changed and not only replaced; whatever is wanted is whole. */
function wantedOf(category: RecordCategory, held: CanonicalRecord, other: Fields, { keep, platform }: Keeping): Record<string, Scalar> {
  const wanted: Record<string, Scalar> = category === 'observation' ? { ...underRoot(other, held.record.uuid) } : { ...other };
  const stays = Object.keys(held.fields).filter(
    (path, index) => path.includes('[') && keep[index % keep.length] === true && !/\.location|^states\[|^members\[/.test(path),
  );
  if (category !== 'observation') for (const path of stays) wanted[path] = held.fields[path] ?? null;
  for (const path of Object.keys(wanted))
    if (path.startsWith('identifiers[') && path.endsWith(']'))
      wanted[`${path}.location`] = held.fields[`${path}.location`] ?? wanted[`${path}.location`] ?? null;
  for (let path = orphanOf(wanted); path !== undefined; path = orphanOf(wanted)) wanted[path] = held.fields[path] ?? null;
  for (let path = emptyGroupOf(wanted); path !== undefined; path = emptyGroupOf(wanted)) delete wanted[path];
  // Where an encounter loses its place its obs keep it (core EncounterServiceImpl.saveEncounter).
  if (category === 'encounter' && wanted['location'] === null)
    for (const path of Object.keys(held.fields))
      if (/^obs\[[^\]]*\]$/.test(path) && path in wanted) wanted[`${path}.location`] ??= held.fields[`${path}.location`] ?? held.fields['location'] ?? null;
  for (const path of Object.keys(wanted)) if (wanted[path] === null && path.startsWith('obs[')) delete wanted[path];
  for (const path of Object.keys(wanted))
    if (path.startsWith('obs[') && !path.endsWith(']') && !(`${path.slice(0, path.indexOf(']') + 1)}` in wanted)) delete wanted[path];
  const { fixed = [], scalars } = CATEGORIES[category];
  for (const name of isAnew(category, platform) ? Object.keys(scalars) : fixed) wanted[name] = held.fields[name] ?? null;
  for (const { name, preferred } of CATEGORIES[category].lists) {
    const first = Object.keys(wanted).find((path) => path.startsWith(`${name}[`) && path.endsWith(']'));
    if (preferred !== undefined && first !== undefined) wanted[preferred.field] ??= first.slice(name.length + 1, -1);
  }
  return wanted;
}

/** The group of an obs that stays without it. */
const orphanOf = (wanted: Fields): string | undefined =>
  Object.entries(wanted).flatMap(([path, value]) => {
    const group = path.startsWith('obs[') && path.endsWith(']') ? (JSON.parse(String(value)) as { group?: string }).group : undefined;
    return group !== undefined && !(`obs[${group}]` in wanted) ? [`obs[${group}]`] : [];
  })[0];

/** A group that stays without any of its members says nothing. */
const emptyGroupOf = (wanted: Fields): string | undefined =>
  Object.entries(wanted).find(
    ([path, value]) =>
      path.startsWith('obs[') &&
      path.endsWith(']') &&
      String(value).includes('concept-group') &&
      !Object.values(wanted).some((other) => String(other).includes(`"group":"${path.slice(4, -1)}"`)),
  )?.[0];

/** The tree of another observation, as if it were this one's. */
function underRoot(fields: Fields, uuid: string): Fields {
  const root =
    Object.entries(fields)
      .find(([path, value]) => path.endsWith(']') && !String(value).includes('"group"'))?.[0]
      .slice(4, -1) ?? '';
  return JSON.parse(JSON.stringify(fields).replaceAll(root, uuid)) as Fields;
}

const pathOf = (record: CanonicalRecord): string => pathBelow(CATEGORIES[record.category], String(record.fields[CATEGORIES[record.category].under?.by ?? '']));

describe.each(ALL)('$category on an $age platform', ({ category, platform }) => {
  // Metadata is alike in all that matters here.
  const runs = metadataNamed(category) === null ? 80 : 20;
  it('comes back from a create as it was', () => {
    fc.assert(
      fc.property(arbitraryRecord(category, platform), (record) => {
        const site = new Site(platform);
        site.create(record);
        const back = site.read(record);
        const itemUuids = Object.fromEntries(Object.entries(record.itemUuids).map(([path, uuid]) => [path, site.localUuid('obs', uuid)]));
        const { labels: _labels, ...told } = back;
        // What is written by itself may get uuids of the site's own.
        const own = [...writtenAfterCreate(category)].length > 0 ? { itemUuids } : {};
        expect({ ...told, ...own, references: [], stamp: '', provenance: null }).toEqual({ ...record, itemUuids, stamp: '', provenance: null });
        expect(site.rest.violations).toEqual([]);
      }),
      { numRuns: runs, seed: 3 },
    );
  });

  it('holds what was wanted once the planned steps are done, and breaks no rule on the way', () => {
    fc.assert(
      fc.property(
        arbitraryRecord(category, platform),
        arbitraryFields(category, platform),
        fc.array(fc.boolean(), { minLength: 60, maxLength: 60 }),
        (record, other, keep) => {
          const site = new Site(platform);
          site.create(record);
          const held = site.read(record);
          const wanted = wantedOf(category, held, other, { keep, platform });
          const back = site.write(held, record, writesFor(held, wanted));
          expect(back.fields).toEqual(wanted);
          expect(site.rest.violations).toEqual([]);
        },
      ),
      { numRuns: runs, seed: 3, endOnFailure: true },
    );
  });

  it('needs no step where nothing is to be written', () => {
    fc.assert(
      fc.property(arbitraryRecord(category, platform), (record) => {
        expect(CATEGORIES[category].planSteps(record, record, { fields: new Map() }, { platform })).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  it('is voided with our reason and restored with exactly one key, the one that its platform has, where it can be', () => {
    const [record] = fc.sample(arbitraryRecord(category, platform), { numRuns: 1, seed: 7 });
    if (record === undefined) throw new Error('no sample');
    const kept = CATEGORIES[category].staysInUse;
    if (kept !== undefined) {
      const refusal = expect.objectContaining({ code: 'unsupported', message: expect.stringContaining(kept), details: { fields: ['presence'] } });
      for (const presence of ['voided', 'present'] as const)
        expect(() => CATEGORIES[category].planSteps(record, record, { presence, fields: new Map() }, { platform })).toThrow(refusal);
      return;
    }
    const site = new Site(platform);
    site.create(record);
    const uuid = site.localUuid(record.record.aggregate, record.record.uuid);
    const held = site.read(record);
    const voided = site.write(held, record, { presence: 'voided', fields: new Map() });
    expect(voided.presence).toBe('voided');
    expect(site.rest.log.at(-1)).toEqual({ method: 'DELETE', path: `${pathOf(record)}/${uuid}?reason=${VOID_REASON}` });
    const { deleted, cannotRestore, restoredByItsMark = false } = CATEGORIES[category];
    const restore = () => site.write(voided, record, { presence: 'present', fields: new Map() });
    const why = cannotRestore?.(platform) ?? null;
    if (why !== null) return expect(restore).toThrow(expect.objectContaining({ code: 'unsupported', message: expect.stringContaining(why) }));
    expect(restore().fields).toEqual(record.fields);
    const body = restoredByItsMark || !platform.undeletes ? { [deleted]: false } : { deleted: 'false' };
    expect(site.rest.log.at(-1)).toEqual({ method: 'POST', path: `${pathOf(record)}/${uuid}`, body });
  });
});

describe('a site that brings back no more than a mark', () => {
  const isRestored = ({ cannotRestore, staysInUse }: Category): boolean => staysInUse === undefined && (cannotRestore?.(MODERN_PLATFORM) ?? null) === null;
  const kinds = Object.values(CATEGORIES).filter((kind) => kind.deleted === 'voided' && kind.lists.length > 0 && isRestored(kind));

  it.each(kinds)('is asked for no $name, with which others go: a person is told to do it by hand, and why', ({ cannotRestore }) => {
    expect(cannotRestore?.(OLD_PLATFORM)).toMatch(/^webservices\.rest before 2\.25 would .+ \(RESTWS-702\): restore it at that server by hand$/);
    expect(cannotRestore?.(MODERN_PLATFORM)).toBeNull();
  });
});

describe.each(UNSUPPORTED)('$category on an $age platform', ({ category, platform, reason }) => {
  it('is refused with the reason before anything is sent, whatever is to be written', () => {
    const [record] = fc.sample(arbitraryRecord(category), { numRuns: 1, seed: 7 });
    if (record === undefined) throw new Error('no sample');
    const refusal = expect.objectContaining({ code: 'unsupported', message: expect.stringContaining(String(reason)) });
    const [name] = CATEGORIES[category].requires;
    const all: Writes[] = [
      { fields: new Map([[String(name), 'another']]) },
      { presence: 'voided', fields: new Map() },
      { presence: 'present', fields: new Map() },
    ];
    for (const writes of all) expect(() => CATEGORIES[category].planSteps(record, record, writes, { platform })).toThrow(refusal);
    const absent = absentRecord(record.record);
    expect(() => CATEGORIES[category].planSteps(absent, record, { fields: new Map(Object.entries(record.fields)) }, { platform })).toThrow(refusal);
    expect(CATEGORIES[category].planSteps(record, record, { fields: new Map() }, { platform })).toEqual([]);
    expect(CATEGORIES[category].planSteps(absent, record, { presence: 'voided', fields: new Map() }, { platform })).toEqual([]);
  });
});
