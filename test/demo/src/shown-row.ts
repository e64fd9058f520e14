import { ENDS, HELD_REASONS, type Meaning } from '@sync-hub/console';
import type { Deed } from './clinics.js';
import type { Delivery } from './hub-watch.js';

export type Tone = Meaning['tone'];

/** One line of the live table. */
export interface ShownRow {
  readonly record: string;
  readonly from: string;
  readonly to: string;
  readonly outcome: string;
  readonly tone: Tone;
  /** From the moment somebody typed it to the moment it was there. */
  readonly seconds: number;
}

/** `patient 8d6c993e`. */
export const recordText = (kind: string, uuid: string): string => `${kind} ${uuid.slice(0, 8)}`;

/** A delivery in plain words, the same as the console's. `deeds` are what people did; nothing counts from before `begun`, when the hub was ready. */
export function shownRow(
  delivery: Delivery,
  { deeds, begun, titleOf }: { readonly deeds: readonly Deed[]; readonly begun: Date; readonly titleOf: (site: string) => string },
): ShownRow {
  const { kind, uuid, source, target, openedAt, at } = delivery;
  const typed = deeds.findLast((deed) => deed.uuid === uuid && deed.site !== target && deed.at <= openedAt)?.at ?? openedAt;
  const { text, tone } = meaningOf(delivery);
  const seconds = Math.max(0, at.getTime() - Math.max(typed.getTime(), begun.getTime())) / 1000;
  return { record: recordText(kind, uuid), from: titleOf(source), to: titleOf(target), outcome: text, tone, seconds };
}

function meaningOf({ state, outcome, reason }: Delivery): Pick<Meaning, 'text' | 'tone'> {
  const word = state === 'ended' ? outcome : state === 'parked' ? reason : state;
  const known = { ...ENDS, ...HELD_REASONS }[word as keyof typeof ENDS | keyof typeof HELD_REASONS];
  return known ?? { text: word ?? 'unknown', tone: 'busy' };
}
