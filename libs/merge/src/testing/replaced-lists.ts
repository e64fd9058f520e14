import type { Scalar } from '../fields.js';
import type { Merged } from '../merged.js';
import type { Agreement, ReplacedList, Version } from '../version.js';
import { agreementOf, sideOf, versionOf } from './index.js';

export const OBS: ReplacedList = { list: 'obs', slot: ['concept', 'group'], slotFields: ['path'], fields: ['path', 'comment'], within: 'group' };
export const COVERS = ['obs', 'obs.comment', 'obs.path'];
export type Content = Record<string, Scalar>;

export const heart = (concept: string, value: number | null, group?: string): string =>
  JSON.stringify({ concept, ...(group === undefined ? {} : { group }), ...(value === null ? {} : { numeric: value }) });
/** `weight 61` and so on, by key. */
export const list = (items: Readonly<Record<string, string>>, fields: Content = {}): Content => ({
  ...Object.fromEntries(Object.entries(items).map(([key, value]) => [`obs[${key}]`, value])),
  ...fields,
});
export const version = (content: Content, covers: readonly string[] = COVERS): Version => ({ ...versionOf(content, { covers }), replaced: [OBS] });
export const agreed = (content: Content, covers: readonly string[] = COVERS): Agreement => agreementOf(sideOf(content, { covers }));
export const W = (value: number) => heart('weight', value);

/** The end once everything has come that flows to it. */
export function applied(held: Version, flows: Merged['toTarget']): Version {
  const fields: Content = { ...held.fields };
  for (const [path, value] of flows) {
    if (value === undefined) delete fields[path];
    else fields[path] = value;
  }
  return { ...held, fields };
}
