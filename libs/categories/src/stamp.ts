import { createHash } from 'node:crypto';
import type { Fields } from '@sync-hub/merge';
import { instantOf } from './scalars.js';

const DATES = ['dateCreated', 'dateChanged', 'dateVoided', 'dateRetired'] as const;
const STATES = ['uuid', 'voided', 'retired', 'preferred'] as const;

/**
 * A digest over the audit stamps of a record's rows (its own and its children's: uuids, voided flags, dates) and over its
 * content. It moves with every write, even one that restores old content, as finely as OpenMRS keeps time: in seconds.
 */
export function stampOf(rows: readonly unknown[], fields: Fields): string {
  const lines = [...rows.map(rowLine), ...Object.entries(fields).map(([path, value]) => JSON.stringify([path, value]))];
  return createHash('sha256').update(lines.sort().join('\n')).digest('base64url');
}

function rowLine(value: unknown): string {
  const row = (value ?? {}) as Readonly<Record<string, unknown>>;
  const audit = (row['auditInfo'] ?? {}) as Readonly<Record<string, unknown>>;
  return JSON.stringify([...STATES.map((state) => row[state] ?? null), ...DATES.map((date) => momentOf(audit[date]))]);
}

const momentOf = (value: unknown): string | null => (typeof value === 'string' ? (instantOf(value) ?? value) : null);
