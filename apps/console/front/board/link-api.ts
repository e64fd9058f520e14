import type { Direction, LinkAct, LinkActTold } from '@sync-hub/contracts';
import { askConsole, tellConsole } from '../desk.js';

const at = (link: string): string => `/api/links/${encodeURIComponent(link)}`;

/** What people did to a link, the newest first. */
export const linkHistory = async (link: string): Promise<readonly LinkActTold[]> => (await (await askConsole(at(link))).json()).acts;

/** What somebody wants done to a link, or to one direction of it. */
export interface LinkWish {
  readonly what: LinkAct;
  readonly direction?: Direction;
  readonly reason: string;
}

export const actOnLink = async (link: string, { what, direction, reason }: LinkWish, by: string): Promise<void> =>
  void (await tellConsole(`${at(link)}/${what}`, { by, ...(direction === undefined ? {} : { direction }), ...(reason.trim() === '' ? {} : { reason }) }));
