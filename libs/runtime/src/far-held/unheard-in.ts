import type { ReceivingFrom } from './received-held-desk.js';

const MINUTE_MS = 60_000;

/** Should an instance have been heard of since? */
export const isUnheard = (heardAt: Date, heardWithinMinutes: number, at: Date): boolean => at.getTime() - heardAt.getTime() > heardWithinMinutes * MINUTE_MS;

/** Those that have reported, and should have been heard of since; since when they were not. */
export const unheardIn = (
  heard: readonly { readonly origin: string; readonly heardAt: Date }[],
  from: ReceivingFrom['from'],
  at: Date,
): readonly { readonly origin: string; readonly since: Date }[] =>
  heard.flatMap(({ origin, heardAt }) => {
    const known = from.find(({ id }) => id === origin);
    return known !== undefined && isUnheard(heardAt, known.heardWithinMinutes, at) ? [{ origin, since: heardAt }] : [];
  });
