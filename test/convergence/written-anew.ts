import type { Lineage } from './care-faults.js';
import type { Content, Held } from './content.js';

/**
 * Where else what an obs says may stand: a server that changed its encounter's time or place has written it anew, under another uuid, and of
 * two that said the same one is kept.
 */
export function writtenAnew(path: string, contents: readonly Content[], { familyOf }: Lineage): readonly string[] {
  const [, uuid, field = ''] = /^obs\[([^\]]+)\](.*)$/.exec(path) ?? [];
  if (uuid === undefined) return [];
  const obs = new Set(contents.flatMap((held) => [...held.keys()]).flatMap((one) => /^obs\[([^\]]+)\]/.exec(one)?.[1] ?? []));
  return [...obs].filter((one) => one !== uuid && familyOf(one) === familyOf(uuid)).map((one) => `obs[${one}]${field}`);
}

/** The group that an obs is in may have been written anew, too. */
export const sayTheSame = (one: Held, other: Held): boolean => String(one).replace(GROUP, '') === String(other).replace(GROUP, '');

const GROUP = /"group":"[^"]*",?/;
