import type { Direction } from '@sync-hub/contracts';
import type { TurnTaking } from '@sync-hub/persistence';

/** So many pushes of the same fields in turn, one after the other's, are no longer people: a field that a server computes goes back and forth. */
export const TURNS_BEFORE_PARKING = 20;

/** The turn-taking once this push is counted. */
export function afterTurn(before: TurnTaking, direction: Direction, names: readonly string[]): TurnTaking {
  const fields = names.join(' ');
  const isInTurn = before.fields === fields && before.lastDirection !== null && before.lastDirection !== direction;
  const isSameWay = before.fields === fields && before.lastDirection === direction;
  return { lastDirection: direction, fields, alternations: isInTurn ? before.alternations + 1 : isSameWay ? before.alternations : 0 };
}

/** Would this push be one turn too many? */
export const oscillates = (before: TurnTaking, direction: Direction, names: readonly string[]): boolean =>
  afterTurn(before, direction, names).alternations >= TURNS_BEFORE_PARKING;
