import { localMidnight, offsetMs, parseRestDate } from '../java-time.js';
import { invalid } from './fhir-error.js';

function offsetText(instant: number, zone: string): string {
  const minutes = Math.trunc(offsetMs(instant, zone) / 60_000);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.trunc(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
}

const wall = (instant: number, zone: string): string => new Date(instant + offsetMs(instant, zone)).toISOString();

/** `2020-05-01T10:15:00+03:00`: HAPI's `DateTimeType` of a `java.util.Date`, in the zone of the server. */
export const fhirDateTime = (instant: number, zone: string): string => `${wall(instant, zone).slice(0, 19)}${offsetText(instant, zone)}`;
/** `2020-05-01T10:15:00.000+03:00`: HAPI's `InstantType`. */
export const fhirInstant = (instant: number, zone: string): string => `${wall(instant, zone).slice(0, 23)}${offsetText(instant, zone)}`;

export type Precision = 'year' | 'month' | 'day' | 'minute' | 'second';

/** A moment as FHIR writes it, read on the clock of the server where no zone is given. `start` is the first moment it can mean, `end` the first after it. */
export interface FhirMoment {
  readonly at: number;
  readonly precision: Precision;
  readonly start: number;
  readonly end: number;
}

const MOMENT = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/;

/** 400 for what HAPI's `BaseDateTimeDt` cannot read. */
export function readMoment(text: string, zone: string): FhirMoment {
  const [, year, month, day, hour, minute, second, fraction = '', offset = ''] = MOMENT.exec(text) ?? [];
  if (year === undefined) throw invalid(`Invalid date/time format: "${text}"`);
  const date = `${year}-${month ?? '01'}-${day ?? '01'}`;
  const clock = hour === undefined ? '' : `T${hour}:${minute ?? '00'}:${second ?? '00'}.${fraction.slice(0, 3).padEnd(3, '0')}${offset}`;
  const at = parseRestDate(`${date}${clock}`, zone);
  if (at === null) throw invalid(`Invalid date/time format: "${text}"`);
  if (hour !== undefined && second === undefined) return { at, precision: 'minute', start: at, end: at + 60_000 };
  if (hour !== undefined) return { at, precision: 'second', start: Math.floor(at / 1000) * 1000, end: Math.floor(at / 1000) * 1000 + 1000 };
  return { at, ...whole(Number(year), month, day, zone) };
}

function whole(year: number, month: string | undefined, day: string | undefined, zone: string): Omit<FhirMoment, 'at'> {
  const precision = day !== undefined ? 'day' : month !== undefined ? 'month' : 'year';
  const first = new Date(Date.UTC(year, Number(month ?? 1) - 1, Number(day ?? 1)));
  const next = new Date(first);
  if (precision === 'day') next.setUTCDate(next.getUTCDate() + 1);
  else if (precision === 'month') next.setUTCMonth(next.getUTCMonth() + 1);
  else next.setUTCFullYear(next.getUTCFullYear() + 1);
  const midnight = (date: Date): number => localMidnight(date.toISOString().slice(0, 10), zone);
  return { precision, start: midnight(first), end: midnight(next) };
}
