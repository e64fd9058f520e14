import type { AuditAnswer } from '@sync-hub/contracts';
import type { Settled } from '@sync-hub/persistence';
import type { Group } from './group-of.js';

/**
 * What an answer settles of a group: its rows in their order up to the first of which the answer says nothing. Behind that one nothing is settled, so that none is ever passed
 * over; those are sent again, and taken once. `null` where it says nothing of the first.
 */
export function settledBy({ ids, tooLong }: Pick<Group, 'ids' | 'tooLong'>, answer: Pick<AuditAnswer, 'taken' | 'refused'>): Settled | null {
  const taken = new Set(answer.taken);
  const paths = new Map([...answer.refused.map(({ id, path }) => [id, path] as const), ...tooLong.map((id) => [id, TOO_LONG] as const)]);
  const unsettled = ids.findIndex((id) => !taken.has(id) && !paths.has(id));
  const settled = unsettled === -1 ? ids : ids.slice(0, unsettled);
  const upTo = settled.at(-1);
  if (upTo === undefined) return null;
  return {
    upTo,
    taken: settled.filter((id) => taken.has(id)),
    refused: settled.flatMap((id) => {
      const path = paths.get(id);
      return taken.has(id) || path === undefined ? [] : [{ id, path }];
    }),
  };
}

const TOO_LONG = '(longer than a report)';
