import type { z } from 'zod';
import { listOf, oneOf, section, textThat } from './section.js';

/** Days of a week, Monday first, as windows name them. */
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const begins = textThat('an hour and minute from 00:00 to 23:59, such as 20:00', (text) => /^([01]\d|2[0-3]):[0-5]\d$/.test(text));
const ends = textThat('an hour and minute from 00:00 to 24:00, such as 06:00', (text) => /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/.test(text));

const window = section({ days: listOf(oneOf(WEEKDAYS), 'days: mon, tue, wed, thu, fri, sat or sun', 1).optional(), from: begins, to: ends });
/**
 * From an hour to an hour, as the clock on the wall shows them, on the days on which it begins; on all where none is named. Where `to` is not after `from` it
 * goes on over midnight.
 */
export type Window = z.infer<typeof window>;

export const windows = listOf(window, 'windows', 1).optional();

/** When what travels in a direction may be written, by the clock of the link's child. */
export const schedule = section({ pull: windows, push: windows }).optional();
