import type { LinkId, Route } from '@sync-hub/contracts';
import { linksRunAt, routesRunHere } from './routes.js';
import type { Configuration, LinkConfiguration } from './schema.js';

/**
 * What may be done to the ends of a link. `observe`: both are read and compared, what would be written is said, and nothing is written,
 * not even the engine's claim at the parent. `read-only`: nothing is written by this instance anywhere; what is to be written waits.
 */
export type Writing = 'live' | 'observe' | 'read-only';

/** Nothing is written on a link unless it is named `live` and its instance is not read-only. */
export const writingOn = ({ instance }: Pick<Configuration, 'instance'>, { mode }: Pick<LinkConfiguration, 'mode'>): Writing =>
  mode !== 'live' ? 'observe' : instance.readOnly ? 'read-only' : 'live';

/** The links and routes that this instance runs, for whoever shows them. */
export const shownOf = (
  configuration: Configuration,
): { readonly routes: readonly Route[]; readonly links: readonly { readonly link: LinkId; readonly writing: Writing }[] } => ({
  routes: routesRunHere(configuration),
  links: linksRunAt(configuration).map((link) => ({ link: link.id, writing: writingOn(configuration, link) })),
});
