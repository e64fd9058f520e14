import { RefusedError, type Uuid } from '@sync-hub/contracts';
import type { Fields, Scalar } from '@sync-hub/merge';
import { itemFieldPath, listPathOf } from './list.js';
import { OBS_FIELDS, obsFieldsOn } from './obs-fields.js';
import { heartOf, type Inherited, type ObsHeart } from './obs-list.js';
import { RECORDS_OF_VALUES } from './obs-value.js';
import { localMinutes, type Platform, type UuidTranslation } from './platform.js';

/** One obs as a record's fields have it. */
export interface WantedObs {
  readonly key: string;
  readonly heart: ObsHeart;
  readonly group: string | null;
  readonly fields: Readonly<Record<string, Scalar>>;
}

/** Every obs that `fields` hold in this list, by uuid. */
export function obsIn(fields: Fields, list: 'obs' | 'obsNotCarried' = 'obs'): ReadonlyMap<string, WantedObs> {
  const items = new Map<string, WantedObs>();
  for (const [path, value] of Object.entries(fields)) {
    const at = listPathOf(path);
    if (at?.list !== list || at.field !== null) continue;
    const heart = heartOf(value);
    const own = Object.keys(OBS_FIELDS).map((name) => [name, fields[itemFieldPath(list, at.key, name)] ?? null] as const);
    items.set(at.key, { key: at.key, heart, group: heart.group ?? null, fields: Object.fromEntries(own.filter(([, field]) => field !== null)) });
  }
  return items;
}

/** The obs that a write adds to what a record holds, groups and members alike. */
export const obsAddedBy = (held: Fields, sends: ReadonlyMap<string, unknown>): readonly Uuid[] =>
  [...sends].flatMap(([path, value]) => {
    const at = listPathOf(path);
    return at?.list === 'obs' && at.field === null && value !== undefined && !(path in held) ? [at.key] : [];
  });

/** What writing an obs takes beside it. */
export interface ObsWriting {
  readonly platform: Platform;
  readonly localUuid: UuidTranslation;
  readonly inherited: Inherited;
  /** What every node of the tree says: its person and encounter where nobody else does, and who typed it. */
  readonly every: Readonly<Record<string, unknown>>;
  /** Uuids that must not be offered, because the site has given them to something else. */
  readonly withoutUuid: ReadonlySet<string>;
}

/** One obs with all its members as a body takes them: uuids kept, a group without a value, because a null one is refused (webservices.rest ObsResource1_8.setValue). */
export function obsTree(root: WantedObs, all: ReadonlyMap<string, WantedObs>, writing: ObsWriting): Record<string, unknown> {
  const members = [...all.values()].filter(({ group }) => group === root.key);
  return {
    ...(writing.withoutUuid.has(root.key) ? {} : { uuid: root.key }),
    concept: writing.localUuid('concept', root.heart.concept),
    ...writing.every,
    ...fieldsBody(root, writing),
    ...valueBody(root, writing),
    ...(members.length === 0 ? {} : { groupMembers: members.map((member) => obsTree(member, all, writing)) }),
  };
}

function fieldsBody({ fields }: WantedObs, { platform, localUuid, inherited }: ObsWriting): Record<string, Scalar> {
  const said = { ...inherited, ...fields };
  const names = obsFieldsOn(platform).filter((name) => name !== 'seconds' && (said[name as keyof typeof said] ?? null) !== null);
  return Object.fromEntries(
    names.map((name) => {
      const value = said[name as keyof typeof said] ?? null;
      return [name, name === 'location' ? localUuid('location', String(value)) : (OBS_FIELDS[name]?.encode(value) ?? value)];
    }),
  );
}

function valueBody({ heart, fields }: WantedObs, { platform, localUuid }: ObsWriting): { readonly value?: Scalar } {
  const { concept: _concept, group: _group, ...kinds } = heart;
  const [[kind, value] = [undefined, undefined]] = Object.entries(kinds);
  if (kind === undefined || value === undefined) return {};
  const record = RECORDS_OF_VALUES[kind];
  if (record !== undefined) return { value: localUuid(record, String(value)) };
  return { value: kind === 'datetime' ? momentFor(String(value), fields['seconds'], platform) : value };
}

/** A moment as the server reads it: before 2.9 only to the minute, by its own clock, and in no ISO form (openmrs-core Obs.setValueAsString). */
function momentFor(moment: string, seconds: Scalar | undefined, platform: Platform): string {
  if (platform.takesIsoMoments) return moment.replace(/Z$/, `:${seconds ?? '00'}.000+0000`);
  if (platform.timeZone === null)
    throw new RefusedError('time-zone-unknown', "the site's time zone is not known, and its moments are read by its own clock", { fields: ['obs'] });
  return localMinutes(moment, platform.timeZone);
}
