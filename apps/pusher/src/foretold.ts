import type { Reference } from '@sync-hub/categories';
import { recordKey } from '@sync-hub/contracts';
import type { Verdict } from '@sync-hub/messaging';
import type { WritePlan } from './plan-push.js';

/** Beside the details of a verdict that only says what would come of a write. A type, so that it is a verdict's details. */
export type Foretold = {
  /** Of the values that would be sent, as JSON. */
  readonly bytesToSend: number;
  /** What it would wait for, each as `aggregate/uuid`. */
  readonly awaits: readonly string[];
  /** As what it would be held once that had landed, and why; null where it would be written. */
  readonly thenHeld: string | null;
  readonly thenReason: string | null;
};

/** What is told of a write that is not done: its size, what it would wait for, and what would come `then`. */
export function foretoldOf({ writes }: WritePlan, missing: readonly Reference[], then: Verdict): Foretold {
  const isHeld = then.kind === 'hold' && then.reason !== 'observed';
  return {
    bytesToSend: Buffer.byteLength(JSON.stringify([writes.presence ?? null, ...writes.fields])),
    awaits: [...new Set(missing.flatMap(({ aggregate, uuid }) => (aggregate === null ? [] : [recordKey({ aggregate, uuid })])))].sort(),
    thenHeld: isHeld ? then.held : null,
    thenReason: isHeld ? then.reason : null,
  };
}
