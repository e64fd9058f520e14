import type { Body } from './category-spec.js';
import type { Platform } from './platform.js';
import { RefShape } from './read-shape.js';
import { instant, reference, type ScalarKind, text } from './scalars.js';

/** A uuid of something that is not asked for at the target: what it does not know it leaves out, and that shows when it is read back. */
const uuidOnly: ScalarKind = { shape: RefShape.nullish(), normalise: reference('', null).normalise, encode: (value) => value };

/**
 * What an obs says beside its value. `seconds` are those of a time or a moment: most servers cut them off when they are
 * written (openmrs-core 1.9 to 2.8 Obs.setValueAsString), so they are no part of the value.
 */
export const OBS_FIELDS: Readonly<Record<string, ScalarKind>> = {
  obsDatetime: instant,
  location: reference('location', 'location'),
  comment: text,
  valueModifier: text,
  valueCodedName: uuidOnly,
  accessionNumber: text,
  order: uuidOnly,
  interpretation: text,
  status: text,
  formFieldNamespace: text,
  formFieldPath: text,
  seconds: text,
};

const OF_NEWER_PLATFORMS: Readonly<Record<string, 'hasFormFields' | 'hasObsStatus'>> = {
  interpretation: 'hasObsStatus',
  status: 'hasObsStatus',
  formFieldNamespace: 'hasFormFields',
  formFieldPath: 'hasFormFields',
};

/** The fields that a platform has: older ones refuse a whole body for one key they do not know. */
export const obsFieldsOn = (platform: Platform): readonly string[] =>
  Object.keys(OBS_FIELDS).filter((name) => {
    const needs = OF_NEWER_PLATFORMS[name];
    return needs === undefined || platform[needs];
  });

/** Those of a platform's fields that each of these obs, as it is told, says something of. */
export const obsFieldsTold = (told: readonly Body[], platform: Platform): readonly string[] =>
  obsFieldsOn(platform).filter((name) => name === 'seconds' || told.every((obs) => name in obs));

const NESTED_LEVELS = 5;

/** The obs of a body, as they are asked for: part by part, because the full representation of a concept is a book. */
export function obsRepresentation(platform: Platform): string {
  const refs = new Set(['location', 'order', 'valueCodedName']);
  const fields = obsFieldsOn(platform).filter((name) => name !== 'seconds');
  const own = [
    'uuid',
    'concept:(uuid,display,datatype:(uuid))',
    'value:ref',
    ...fields.map((name) => (refs.has(name) ? `${name}:ref` : name)),
    'voided',
    'auditInfo',
  ];
  const level = (n: number): string => (n === NESTED_LEVELS ? '(uuid,concept:(uuid))' : `(${own.join(',')},groupMembers:${level(n + 1)})`);
  return level(0).slice(1, -1);
}
