import { BugError, SyncError, TransientError } from '@sync-hub/contracts';

/** SQLSTATE classes and codes that a repetition may heal: connection trouble, deadlock, serialisation, lock time-out, a server that is going down or full. */
const HEALS = /^(08...|40001|40P01|55P03|57P0[1-3]|53...)$/;
const DISK_FULL = '53100';
const NODE_HEALS = new Set(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ENOENT']);

/** An error of ours as it is; a driver's as its SQLSTATE and the names of table and constraint only (its text, detail and parameters hold rows). */
export function safeDatabaseError(error: unknown): SyncError {
  if (error instanceof SyncError) return error;
  const driver = driverErrorOf(error);
  const state = textOf(driver['code']) ?? 'unknown';
  const details = { sqlstate: state, table: textOf(driver['table']), constraint: textOf(driver['constraint']), column: textOf(driver['column']) };
  if (state === DISK_FULL)
    return new TransientError('disk-full', 'the disk of the database is full: nothing is lost, and nothing goes on until there is room', details);
  if (HEALS.test(state) || NODE_HEALS.has(state) || isLostConnection(driver))
    return new TransientError('database-busy', 'the database did not take this now', details);
  return new BugError('the database refused a statement of ours', details);
}

function driverErrorOf(error: unknown): Record<string, unknown> {
  const outer = (error ?? {}) as Record<string, unknown>;
  const inner = outer['driverError'];
  return typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>) : outer;
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value.length <= 80 ? value : null);

/** pg says so by message alone, in constant English of its own. */
const LOST = new Set([
  'Connection terminated unexpectedly',
  'Connection terminated',
  'Client has encountered a connection error and is not queryable',
  'timeout exceeded when trying to connect',
]);
const isLostConnection = (driver: Record<string, unknown>): boolean => typeof driver['message'] === 'string' && LOST.has(driver['message']);
