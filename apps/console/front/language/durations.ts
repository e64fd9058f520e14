import type { LanguageCode } from './words.js';

const UNITS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

/** A length of time in its largest unit that says it well enough: `15 minutes`. */
export function durationText(seconds: number, language: LanguageCode): string {
  const [unit, size] = UNITS.find(([, one]) => seconds >= 1.5 * one) ?? ['second', 1];
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 0 }).format(Math.round(seconds / size));
}
