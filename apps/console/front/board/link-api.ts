import type { Direction, LinkAct, LinkActTold } from '@sync-hub/contracts';
import { api, done, told } from '../api/client.js';

const at = (link: string) => ({ path: { link } });

/** What people did to a link, the newest first. */
export const linkHistory = async (link: string): Promise<readonly LinkActTold[]> => (await told(api.GET('/api/links/{link}', { params: at(link) }))).acts;

/** What somebody wants done to a link, or to one direction of it. */
export interface LinkWish {
  readonly what: LinkAct;
  readonly direction?: Direction;
  readonly reason: string;
}

/** Of a reason that nobody gave the console says that it wants one, where it does. */
export function actOnLink(link: string, { what, direction, reason }: LinkWish, by: string): Promise<void> {
  const params = at(link);
  const body = { by, ...(direction === undefined ? {} : { direction }) };
  const why = reason.trim() === '' ? {} : { reason };
  switch (what) {
    case 'pause':
      return done(api.POST('/api/links/{link}/pause', { params, body: { ...body, reason } }));
    case 'drain':
      return done(api.POST('/api/links/{link}/drain', { params, body: { ...body, reason } }));
    case 'resume':
      return done(api.POST('/api/links/{link}/resume', { params, body: { ...body, ...why } }));
    case 'release':
      return done(api.POST('/api/links/{link}/release', { params, body: { ...body, ...why } }));
  }
}
