import { createHash } from 'node:crypto';
import type { Configuration } from './schema.js';

/**
 * The version of a configuration: the same for the same rules however the file is written (YAML or JSON, order of keys, sites,
 * links and areas, defaults named or not), and another one for any change of content. 64 hexadecimal digits.
 */
export const configurationDigest = (configuration: Configuration): string => digestOf(configuration);

/** The same for the same content of a part of a configuration, however it is written. */
export const digestOf = (part: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(normalised(part)))
    .digest('hex');

function normalised(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => normalised(item)).sort((a, b) => compare(JSON.stringify(a), JSON.stringify(b)));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, held]) => held !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => compare(a, b)).map(([key, held]) => [key, normalised(held)]));
}

/** By code unit: the same on every machine, whatever its language. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
