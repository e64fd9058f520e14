import { BugError, type DryEnd, type SafeDetails } from '@sync-hub/contracts';
import type { Verdict } from '@sync-hub/messaging';

/** What would come of a record, by the verdict on a round that writes nothing. */
export interface DryVerdict {
  readonly as: DryEnd;
  readonly reason: string | null;
  readonly fields: readonly string[];
  readonly awaits: readonly string[];
  readonly bytesToSend: number;
  /** Of what would wait: what would come of it once that had landed, where that is no write. */
  readonly afterwards: { readonly as: DryEnd; readonly reason: string } | null;
}

export const dryEnd = (as: DryEnd, reason: string | null = null): DryVerdict => ({ as, reason, fields: [], awaits: [], bytesToSend: 0, afterwards: null });

const WRITES: Readonly<Record<string, DryEnd>> = {
  'would-create': 'would-create',
  'would-change': 'would-update',
  'would-restore': 'would-restore',
  'would-void': 'would-void',
};

/** What a round that only says what would come of it has come to. */
export function dryEndOf(verdict: Verdict): DryVerdict {
  switch (verdict.kind) {
    case 'end-job':
      if (verdict.outcome === 'filtered') return dryEnd('not-admitted', 'filtered');
      return verdict.outcome === 'discarded' ? dryEnd('left-as-is') : dryEnd('in-step');
    case 'hold':
      return endOfHold(verdict);
    case 'postpone':
    case 'look-again':
      return dryEnd('would-wait', verdict.kind === 'postpone' ? verdict.reason : 'another-write-unsettled');
    case 'skip':
    case 'forward':
    case 'end-change':
      throw new BugError('a round that writes nothing came to what no push comes to', { verdict: verdict.kind });
  }
}

function endOfHold({ held, reason, code, details }: Extract<Verdict, { kind: 'hold' }>): DryVerdict {
  const { fields, awaits, bytesToSend } = details;
  const told = { fields: namesIn(fields), awaits: [], bytesToSend: typeof bytesToSend === 'number' ? bytesToSend : 0, afterwards: null };
  if (held === 'conflict') return { ...told, as: 'would-ask', reason, bytesToSend: 0 };
  if (held === 'waiting') return { ...told, as: 'would-wait', reason, awaits: namesIn(awaits), afterwards: afterwardsOf(details) };
  const write = reason === 'observed' ? WRITES[code] : undefined;
  return write === undefined ? { ...told, as: 'would-be-held', reason, bytesToSend: 0 } : { ...told, as: write, reason: null };
}

const namesIn = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

function afterwardsOf({ thenHeld, thenReason }: SafeDetails): DryVerdict['afterwards'] {
  if (typeof thenReason !== 'string') return null;
  return { as: thenHeld === 'conflict' ? 'would-ask' : 'would-be-held', reason: thenReason };
}
