import type { Aggregate } from '@sync-hub/contracts';
import type { Scalar } from '@sync-hub/merge';
import { z } from 'zod';
import type { Kind, Reference } from './canonical.js';
import type { UuidTranslation } from './platform.js';
import { RefShape, uuidOfRef } from './read-shape.js';

/**
 * One kind of single value: the shape it has in a REST body, its one normal form, and how that is written back.
 * `refersTo` is set where the value is the uuid of something else, `refersToMany` where it names several things in order, of these REST resources.
 */
export interface ScalarKind {
  readonly shape: z.ZodType;
  readonly normalise: (value: unknown) => Scalar;
  readonly encode: (value: Scalar) => Scalar;
  readonly refersTo?: { readonly resource: string; readonly aggregate: Aggregate | null };
  readonly refersToMany?: readonly string[];
  /** Set where the value says by itself what kind of thing it leads to. */
  readonly pointsTo?: Pointing;
}

/** How a value is read that leads to one of several kinds of thing, or to nothing of OpenMRS. */
export interface Pointing {
  /** The value with the uuid that the thing has elsewhere. */
  readonly moved: (value: string, elsewhere: UuidTranslation) => string;
  /** What it leads to; `null` where that is nothing of OpenMRS. */
  readonly leadsTo: (value: string) => Omit<Reference, 'path'> | null;
  /** Everything that it may lead to. */
  readonly kinds: readonly Kind[];
}

const same = (value: Scalar): Scalar => value;

/** Text, trimmed; empty text is nothing. */
export const text: ScalarKind = { shape: z.string().nullish(), normalise: (value) => textOf(value), encode: same };

/** Yes, no or not said. */
export const flag: ScalarKind = { shape: z.boolean().nullish(), normalise: (value) => (typeof value === 'boolean' ? value : null), encode: same };

/** A number, whole or not, as the server tells it. */
export const number: ScalarKind = { shape: z.number().nullish(), normalise: (value) => (typeof value === 'number' ? value : null), encode: same };

const INSTANT = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(?:\.\d+)?(Z|[+-]\d{2}:?\d{2})$/;

/** A moment, cut to seconds, in UTC: OpenMRS keeps no milliseconds (core DropMillisecondsHibernateInterceptor). */
export const instant: ScalarKind = {
  shape: z
    .string()
    .refine((value) => value.trim() === '' || instantOf(value) !== null, 'a moment such as 2020-05-01T10:15:00.000+0000')
    .nullish(),
  normalise: (value) => (typeof value === 'string' ? instantOf(value) : null),
  encode: (value) => (typeof value === 'string' ? value.replace(/Z$/, '.000+0000') : value),
};

/** A day of the calendar: the literal first ten characters, never moved through UTC (Nairobi sends `1930-05-12T00:00:00.000+0230`). */
export const calendarDate: ScalarKind = {
  shape: z
    .string()
    .regex(/^\s*$|^\d{4}-\d{2}-\d{2}/, 'a day such as 1985-05-12')
    .nullish(),
  normalise: (value) => textOf(value)?.slice(0, 10) ?? null,
  encode: same,
};

const TIME_OF_DAY = /(?:^|T)(\d{2}:\d{2}:\d{2})/;

/** A time of the day, literal as the server tells it: webservices.rest sends it as a moment of some day in the server's own zone. */
export const timeOfDay: ScalarKind = {
  shape: z
    .string()
    .refine((value) => value.trim() === '' || TIME_OF_DAY.test(value.trim()), 'a time such as 1970-01-01T14:05:00.000+0000')
    .nullish(),
  normalise: (value) => TIME_OF_DAY.exec(textOf(value) ?? '')?.[1] ?? null,
  encode: (value) => (value === null ? null : `1970-01-01T${value}.000`),
};

/** The uuid of something else; told as an object or as a uuid, always written as a uuid, because a nested object is written onto (webservices.rest ConversionUtil.convertMap). */
export const reference = (resource: string, aggregate: Aggregate | null): ScalarKind => ({
  shape: RefShape.nullish(),
  normalise: (value) => (value === null || value === undefined ? null : uuidOfRef(value as RefShape)),
  encode: same,
  refersTo: { resource, aggregate },
});

/** Trimmed text, or null where there is none. */
export function textOf(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const trimmed = value.trim();
  return trimmed === '' ? null : trimmed;
}

/** A moment in its normal form, or null where the text is none. */
export function instantOf(value: string): string | null {
  const parts = INSTANT.exec(value.trim());
  if (parts === null) return null;
  const [, day, time, zone = 'Z'] = parts;
  const withColon = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone;
  const at = Date.parse(`${day}T${time}${withColon}`);
  return Number.isNaN(at) ? null : `${new Date(at).toISOString().slice(0, 19)}Z`;
}
