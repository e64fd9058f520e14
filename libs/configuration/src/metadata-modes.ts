import { CATEGORIES, metadataReferredToBy } from '@sync-hub/categories';
import { METADATA, type Metadata } from '@sync-hub/contracts';
import { categoriesOn } from './routes.js';
import type { LinkConfiguration } from './schema.js';

/**
 * What is done about a kind of metadata on a link. `write`: it travels. `compare`: nothing of it is written, and what differs between the ends is
 * reported. `off`: nobody looks.
 */
export type MetadataMode = 'write' | 'compare' | 'off';

/** Compared unless a link says otherwise, whatever travels on it: what REST writes in part only, and what says who may do what. */
const COMPARED: readonly Metadata[] = ['concept', 'program', 'form', 'role', 'privilege'];

/** The mode of a kind on a link. Where the link does not name the kind, what its other records refer to is compared. */
export function metadataModeOn(link: Pick<LinkConfiguration, 'classes'>, kind: Metadata): MetadataMode {
  const switches = link.classes[kind];
  if (switches === undefined) return COMPARED.includes(kind) || isReferredToOn(link, kind) ? 'compare' : 'off';
  if (switches.pull === true || switches.push) return 'write';
  return switches.pull === 'compare' ? 'compare' : 'off';
}

const isReferredToOn = (link: Pick<LinkConfiguration, 'classes'>, kind: Metadata): boolean =>
  categoriesOn(link).some((category) => metadataReferredToBy(CATEGORIES[category]).includes(kind));

/** The kinds that are compared between the ends of a link, those that travel on it included: before they do, the ends may differ. */
export const metadataComparedOn = (link: Pick<LinkConfiguration, 'classes'>): readonly Metadata[] =>
  METADATA.filter((kind) => metadataModeOn(link, kind) !== 'off');
