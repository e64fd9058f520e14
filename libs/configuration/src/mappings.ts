import { METADATA, type Metadata, type SiteId } from '@sync-hub/contracts';
import type { Path, Problem } from './problem.js';
import type { Configuration, LinkConfiguration } from './schema.js';

/** The kinds of which a child may have some under uuids of its own: metadata, and places. */
export const MAPPED_KINDS = ['location', ...METADATA] as const;
export type MappedKind = 'location' | Metadata;

/** One thing that a link's child has under another uuid than its parent. */
export interface Mapped {
  readonly link: string;
  readonly kind: MappedKind;
  readonly parent: string;
  readonly child: string;
}

/** All that a link maps, in the order of its kinds. */
export const mappedOn = ({ id, mappings }: Pick<LinkConfiguration, 'id' | 'mappings'>): readonly Mapped[] =>
  MAPPED_KINDS.flatMap((kind) => Object.entries(mappings?.[kind] ?? {}).map(([parent, child]) => ({ link: id, kind, parent, child })));

/** What a site has under uuids of its own, as the link on which it is the child says, and the site whose uuids it is told in; `null` where it is nobody's child, or nothing is mapped. */
export function mappedAt({ links }: Pick<Configuration, 'links'>, site: SiteId): { readonly parent: SiteId; readonly mapped: readonly Mapped[] } | null {
  const link = links.find(({ child }) => child === site);
  return link === undefined ? null : { parent: link.parent, mapped: mappedOn(link) };
}

/** All mappings that what is told on the link is told by: its own, and those of the links above it, for uuids are led up to the topmost site. */
export function mappedOver({ links }: Pick<Configuration, 'links'>, link: LinkConfiguration): readonly Mapped[] {
  const above = links.find(({ child }) => child === link.parent);
  return [...mappedOn(link), ...(above === undefined ? [] : mappedOver({ links: links.filter((one) => one !== above) }, above))];
}

/** Mappings that are not one to one, and those that say nothing. */
export function mappingProblems(link: LinkConfiguration, index: number): Problem[] {
  const first = new Map<string, Mapped>();
  return mappedOn(link).flatMap((one): Problem[] => {
    const path: Path = ['links', index, 'mappings', one.kind, one.parent];
    // Databases take two uuids that differ in nothing but their case for one.
    const keys = [`parent ${one.kind} ${one.parent.toLowerCase()}`, `child ${one.kind} ${one.child.toLowerCase()}`];
    const earlier = keys.map((key) => first.get(key)).find((found) => found !== undefined);
    for (const key of keys) first.set(key, first.get(key) ?? one);
    if (one.parent.toLowerCase() === one.child.toLowerCase())
      return [problem(path, "the parent's own uuid", 'another uuid: what both ends have under one needs no mapping')];
    if (earlier === undefined) return [];
    return [problem(path, `a uuid that ${earlier.parent} is mapped with too`, 'a uuid that nothing else of the kind is mapped with: mappings are one to one')];
  });
}

const problem = (path: Path, found: string, allowed: string): Problem => ({ path, found, allowed, didYouMean: null });
