import { randomUUID } from 'node:crypto';
import { CATEGORIES, type Platform, type RecordCategory } from '@sync-hub/categories';
import { type Metadata, ofMetadata } from '@sync-hub/contracts';
import type { Values } from '@sync-hub/openmrs-simulator';
import { METADATA_SAMPLES } from '../contract/metadata-samples.js';
import { inPlace, ref, type Sample } from './sample.js';
import { SAMPLES_OF_CARE } from './samples-of-care.js';

/** No two have one name, or one code. */
function numbered(made: Readonly<Record<string, unknown>>, number: number): Record<string, unknown> {
  const unique = ['name', 'aIsToB', 'code', 'identifier'].filter((key) => typeof made[key] === 'string');
  const names = made['names'];
  return {
    ...made,
    ...Object.fromEntries(unique.map((key) => [key, `${String(made[key])} ${number}`])),
    ...(Array.isArray(names) ? { names: names.map((name: { readonly name: string }) => ({ ...name, name: `${name.name} ${number}` })) } : {}),
  };
}

/** Without what that platform has no key for. */
function knownTo(platform: Platform, kind: Metadata, body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { scalars, scalarsOn, lists } = CATEGORIES[kind];
  const lacking = new Set([
    ...Object.keys(scalars).filter((name) => !scalarsOn(platform).includes(name)),
    ...lists.filter(({ onlyWhere }) => onlyWhere?.(platform) === false).map(({ name }) => name),
  ]);
  return Object.fromEntries(Object.entries(body).filter(([key]) => !lacking.has(key)));
}

/** What is kept otherwise than it is posted. */
const STORED: Readonly<Partial<Record<Metadata, (number: number) => Values>>> = {
  concept: (number) => ({ name: `Haemoglobin ${number}`, datatype: 'Numeric', conceptClass: 'Test' }),
};

function ofKind(kind: Metadata): Sample {
  const { made, edited } = METADATA_SAMPLES[kind];
  const unnamed = Object.fromEntries(Object.entries(edited).filter(([key]) => !['name', 'code', 'identifier'].includes(key)));
  return {
    make: (site, number, platform) => [ref(kind, site.clinician.administrator.add(kind, knownTo(platform, kind, numbered(made, number))))],
    change: inPlace(kind, (site, uuid, platform) => site.clinician.administrator.edit(kind, uuid, knownTo(platform, kind, unnamed))),
    void: (site, uuid) => site.clinician.administrator.retire(kind, uuid),
    restore: (site, uuid) => site.clinician.administrator.restore(kind, uuid),
    seed: (site, number) => {
      const uuid = randomUUID();
      site.seedMetadata({ [kind]: [{ uuid, ...(STORED[kind]?.(number) ?? (numbered(made, number) as Values)) }] });
      return ref(kind, uuid);
    },
  };
}

/** Every kind of record. A new category does not compile without one. */
export const SAMPLES: Readonly<Record<RecordCategory, Sample>> = { ...SAMPLES_OF_CARE, ...ofMetadata(ofKind) };
