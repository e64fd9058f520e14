import type { ConfigurationChange } from '@sync-hub/contracts';
import { digestOf } from '../configuration-digest.js';
import type { Configuration } from '../schema.js';

type Step = string | { readonly id: string };

const LONGEST_SHOWN = 160;
const HIDDEN = /pass(?:word|phrase|wd)?$|secret$|token$|credential|api.?key|private.?key/i;

/** Each place at which two configurations say something else, defaults filled in; sites and links by their ids. None where the same is written otherwise. */
export const configurationDifferences = (before: Configuration, after: Configuration): ConfigurationChange[] => differences(before, after, []);

function differences(before: unknown, after: unknown, path: readonly Step[]): ConfigurationChange[] {
  if (digestOf([before ?? null]) === digestOf([after ?? null])) return [];
  const [earlier, later] = [partsOf(before), partsOf(after)];
  if (earlier === null || later === null || isReference(before) || isReference(after)) return [changeAt(path, before, after)];
  const names = [...new Set([...earlier.keys(), ...later.keys()])];
  return names.flatMap((name) => {
    const [was, is] = [earlier.get(name), later.get(name)];
    return differences(was?.value, is?.value, [...path, (was ?? is)?.step ?? name]);
  });
}

interface Part {
  readonly step: Step;
  readonly value: unknown;
}

/** What stands in a mapping, or in a list of what has ids; `null` of anything else, which differs as a whole. */
function partsOf(value: unknown): ReadonlyMap<string, Part> | null {
  if (Array.isArray(value)) {
    if (value.length > 0 && !value.every(hasId)) return null;
    return new Map(value.map((item: { readonly id: string }) => [item.id, { step: { id: item.id }, value: item }]));
  }
  if (typeof value !== 'object' || value === null) return null;
  return new Map(
    Object.entries(value)
      .filter(([, held]) => held !== undefined)
      .map(([key, held]) => [key, { step: key, value: held }]),
  );
}

const hasId = (item: unknown): boolean => typeof item === 'object' && item !== null && typeof (item as { id?: unknown }).id === 'string';

/** Of a secret: one place, whichever way it is referred to. */
const isReference = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && ('env' in value || 'file' in value) && Object.keys(value).length === 1;

function changeAt(path: readonly Step[], before: unknown, after: unknown): ConfigurationChange {
  const what = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  const shown = (value: unknown): string | null => (value === undefined ? null : shownAt(path, value));
  return { path: textOf(path), what, before: shown(before), after: shown(after) };
}

const textOf = (path: readonly Step[]): string =>
  path.map((step, index) => (typeof step === 'string' ? (index === 0 ? step : `.${step}`) : `[${step.id}]`)).join('');

/** What is referred to is no secret; what has the name of one is not shown otherwise. */
function shownAt(path: readonly Step[], value: unknown): string | null {
  const isHidden = path.some((step) => typeof step === 'string' && HIDDEN.test(step)) && !isReference(value);
  const text = JSON.stringify(value);
  return isHidden || text.length > LONGEST_SHOWN || hasSecretKey(value) ? null : text;
}

const hasSecretKey = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.entries(value).some(([key, held]) => (HIDDEN.test(key) && !isReference(held)) || hasSecretKey(held));
