import type { LanguageCode } from './words.js';

/** The reader's own way to write times in that language, such as `en-GB`. */
const localeOf = (language: LanguageCode): string => navigator.languages.find((one) => one.startsWith(language)) ?? language;

const SECONDS_OF: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** How long ago, in words: `3 hours ago`. */
export function agoText(at: string, now: Date, language: LanguageCode): string {
  const seconds = Math.max(0, (now.getTime() - Date.parse(at)) / 1000);
  const [unit, size] = SECONDS_OF.find(([, one]) => seconds >= one) ?? ['second', 1];
  return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(-Math.floor(seconds / size), unit);
}

/** A moment where the reader is. */
export const momentText = (at: string, language: LanguageCode): string =>
  Number.isNaN(Date.parse(at)) ? at : new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(at));

/** A moment as on a clock where the reader is, with its day where that is another one: `10:42`. */
export function clockText(at: string, now: Date, language: LanguageCode): string {
  const isToday = new Date(at).toDateString() === now.toDateString();
  const day = isToday ? {} : ({ day: 'numeric', month: 'short' } as const);
  return new Intl.DateTimeFormat(localeOf(language), { ...day, hour: '2-digit', minute: '2-digit' }).format(new Date(at));
}

/** A day of the calendar, the same wherever the reader is. */
export const dayText = (day: string, language: LanguageCode): string =>
  /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day))
    ? new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`))
    : day;

/** A month of the calendar, `2026-11`. */
export const monthText = (month: string, language: LanguageCode): string =>
  /^\d{4}-\d{2}$/.test(month)
    ? new Intl.DateTimeFormat(localeOf(language), { year: 'numeric', month: 'long', timeZone: 'UTC' }).format(new Date(`${month}-01T00:00:00Z`))
    : month;
