import type { SafeDetails } from '@sync-hub/contracts';
import type { Logger } from '../logger.js';

export interface Line {
  readonly level: string;
  readonly event: string;
  readonly fields: SafeDetails;
}

/** A logger that keeps its lines for a test to look at. */
export function keptLines(): Logger & { readonly lines: readonly Line[] } {
  const lines: Line[] = [];
  return { lines, log: (level, event, fields) => void lines.push({ level, event, fields }) };
}
